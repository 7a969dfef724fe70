import ArgumentParser
import Runic

/// Measures the parts of a training step, each against the peak that limits it.
struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Measure the parts of a training step against the machine's peaks.")

    @OptionGroup var options: MeasuringOptions
    @Option(help: "Only cases whose name and precision contain this text, such as 'gru' or '2×512, 64×128 bf16'.")
    var only = ""

    func run() throws {
        var report = Report(machine: MachineInformation(peers: nil))
        for model in TrainingCase.all {
            for precision in Precision.forTraining
            where only.isEmpty || "\(model.name) \(precision.rawValue)".contains(only) {
                try ProfileSection(options: options).measure(model, precision, into: &report)
                try report.write(json: options.json)
            }
        }
    }
}
