internal import ArgumentParser
internal import Runic
internal import RunicFiles
internal import RunicStudy

struct StudyGatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gates", abstract: "Write a page that shows a model's gates over a text.",
        discussion: """
            The page is one HTML file that needs no network. For each feature of the text (inside quotes, position in \
            line, …), the units that predict it best are printed, and come first on the page.
            """)

    /// How many units of each layer are shown in addition to those that predict a feature.
    enum Units: ExpressibleByArgument {
        case first(Int), all

        init?(argument: String) {
            if argument == "all" {
                self = .all
            } else if let count = Int(argument), count >= 0 {
                self = .first(count)
            } else {
                return nil
            }
        }

        var defaultValueDescription: String {
            switch self {
            case .first(let count): "\(count)"
            case .all: "all"
            }
        }

        var extent: UnitSelection.Extent {
            switch self {
            case .first(let count): .first(count)
            case .all: .all
            }
        }
    }

    @Argument(help: "A .runic archive, or the folder of a run.", completion: .file()) var model: String
    @Argument(help: "Files and folders; - is standard input.", completion: .file()) var texts: [String]
    @Option(name: .output, help: ArgumentHelp("The page to write.", valueName: "file"), completion: .file())
    var out: String
    @Option(help: "Symbols on the page.") var length = GateStudy.Settings().length
    @Option(help: "Symbols over which units are measured, at least --length.")
    var measure = GateStudy.Settings().measured
    @Option(
        help: ArgumentHelp("Show this many more units of each layer, the first ones, or all.", valueName: "n|all"))
    var units: Units = .first(32)
    @Flag(help: "Replace invalid bytes with U+FFFD instead of stopping.") var repair = false
    @OptionGroup var files: FileArguments
    @OptionGroup var container: ContainerArguments
    @OptionGroup var computing: ComputingArguments
    @OptionGroup var plugins: PluginArguments

    func validate() throws {
        try OutputPath.check(
            out, reading: [ModelLoading.file(of: model)] + texts.filter { $0 != TextFile.standardInputPath })
        guard (1...GateStudy.longest).contains(length) else {
            throw ValidationError("--length is \(length); it must be 1 to \(GateStudy.longest)")
        }
        guard (1...GateStudy.mostMeasured).contains(measure) else {
            throw ValidationError("--measure is \(measure); it must be 1 to \(GateStudy.mostMeasured)")
        }
    }

    func run() throws {
        let model = try ModelLoading.load(self.model, computing, registry: plugins.registry())
        let container = try container.container()
        let source = try files.source(texts, for: model, container) {
            try OutputPath.check(out, reading: $0.files.map(\.path))
        }
        var settings = GateStudy.Settings()
        (settings.length, settings.measured) = (length, measure)
        (settings.extent, settings.repair) = (units.extent, repair)
        settings.container = container
        let line = LiveLine()
        let study = try reporting { () throws(StudyError) in
            defer { line.clear() }
            return try GateStudy(model, source, settings) { done, all in
                line.show(text: { "measured \(done) of \(all) symbols" })
            }
        }
        FileRemarks.show(study.text.files)
        let page = try reporting { () throws(StudyError) in try study.page() }
        try reporting { () throws(FileError) in try AtomicFile.write(Array(page.utf8), to: out) }
        UnknownWarning.warn(about: study.text, of: texts)
        if let remark = study.remark { Console.note("runic: \(out): \(remark)") }
        Console.result(study.summary)
        Console.verbatim(out)
    }
}
