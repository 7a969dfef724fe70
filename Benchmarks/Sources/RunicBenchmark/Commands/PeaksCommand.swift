import ArgumentParser

/// Measures the peaks of the machine, without any model.
struct PeaksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peaks", abstract: "Measure the machine's peaks: multiply-adds and memory reads.")

    @OptionGroup var options: MeasuringOptions

    func run() throws {
        var report = Report(machine: MachineInformation(peers: nil))
        PeakSection(meter: options.meter, threadCounts: options.threadCounts).measure(into: &report)
        try report.write(json: options.json)
    }
}
