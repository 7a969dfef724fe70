internal import ArgumentParser
internal import Runic
internal import RunicArchive

struct QuantizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize", abstract: "Make a model smaller: store its matrices in 8 or 16 bits.",
        discussion: """
            With --check, the loss of both models on a text is measured and stored in the new archive. \
            --out replaces an existing file.
            """)

    /// The element types that a model can be quantized to.
    enum Target: String, CaseIterable, ExpressibleByArgument {
        case int8, bf16

        var precision: Precision {
            switch self {
            case .int8: .int8
            case .bf16: .bfloat16
            }
        }
    }

    @Argument(help: "A .runic archive, or the folder of a run.", completion: .file()) var model: String
    @Option(help: "The element type of the matrices.") var to: Target
    @Option(
        name: .output, help: ArgumentHelp("The archive to write.", valueName: "file"), completion: .file())
    var out: String
    @Option(help: ArgumentHelp("A text to measure the loss on. Repeatable.", valueName: "text"), completion: .file())
    var check: [String] = []
    @Flag(help: "Print one JSON object.") var json = false
    @Flag(help: "Replace invalid bytes of the text with U+FFFD instead of stopping.") var repair = false
    @OptionGroup var files: FileArguments
    @OptionGroup var sources: SourcesArgument
    @OptionGroup var container: ContainerArguments
    @OptionGroup var workers: ThreadsArgument
    @OptionGroup var plugins: PluginArguments

    func validate() throws {
        guard !check.contains("-") else {
            throw ValidationError("--check is -, but the text is read twice; name a file")
        }
        try OutputPath.check(out, reading: [ModelLoading.file(of: model)] + check)
    }

    func run() throws {
        let model = try ModelLoading.load(
            self.model, registry: plugins.registry(), precision: nil, threads: workers.threads)
        let container = try container.container()
        let texts =
            try check.isEmpty
            ? nil
            : files.source(check, for: model, container) { try OutputPath.check(out, reading: $0.files.map(\.path)) }
        let made = try reporting { () throws(RunicError) in
            try model.quantized(
                to: to.precision, check: texts, repair: repair, leavingOutSources: sources.noSources,
                container: container, reads: FileRemarks.show)
        }
        let sizes = try reporting { () throws(ArchiveError) in
            try made.archive.write(to: out)
            return (
                try Archive.read(path: ModelLoading.file(of: self.model)).fileSize, try Archive.read(path: out).fileSize
            )
        }
        if let report = made.report { UnknownWarning.warn(about: report, of: check) }
        let report = QuantizationReport(
            path: out, source: model.precision, note: made.note, sourceBytes: sizes.0?.compressed ?? 0,
            bytes: sizes.1?.compressed ?? 0)
        if json { try Console.json(report) } else { Console.result(report.rendered) }
    }
}
