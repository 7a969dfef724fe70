internal import ArgumentParser
internal import Runic

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure how well a model predicts texts.",
        discussion: "The state is carried from the first symbol to the last, and reset where a document begins.")

    @Argument(help: "A .runic archive, or the folder of a run.", completion: .file()) var model: String
    @Argument(help: "Files and folders; - is standard input.", completion: .file()) var texts: [String]
    @Flag(help: "Print one JSON object.") var json = false
    @Flag(help: "Replace invalid bytes with U+FFFD instead of stopping.") var repair = false
    @Option(help: "Reset the state after this many symbols. (default: never)") var window: Int?
    @OptionGroup var files: FileArguments
    @OptionGroup var container: ContainerArguments
    @OptionGroup var computing: ComputingArguments
    @OptionGroup var plugins: PluginArguments

    func validate() throws {
        if let window, window < 1 { throw ValidationError("--window is \(window); it must be at least 1") }
    }

    func run() throws {
        let model = try ModelLoading.load(self.model, computing, registry: plugins.registry())
        let container = try container.container()
        let source = try files.source(texts, for: model, container)
        let report = try reporting { () throws(RunicError) in
            try model.evaluate(
                source, repair: repair, window: window, container: container, reads: FileRemarks.show)
        }
        UnknownWarning.warn(about: report, of: texts)
        if json { try Console.json(report) } else { Console.result(report.text) }
    }
}
