import ArgumentParser
import Runic

/// One training step by parts: where the time goes, and how far each part is from what binds it.
struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Measure the parts of a training step beside the peaks of the machine.")

    @OptionGroup var options: MeasuringOptions
    @Option(help: "Only cases whose name and precision contain this, such as 'gru' or '2×512, 64×128 bf16'.")
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
