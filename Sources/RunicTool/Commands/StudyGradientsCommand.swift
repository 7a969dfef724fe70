internal import ArgumentParser
internal import Foundation
internal import Runic
internal import RunicCells
internal import RunicFiles
internal import RunicStudy
internal import RunicTerminal

struct StudyGradientsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gradients", abstract: "Write a page that shows how far back in time gradients reach.",
        discussion: """
            Measures the size of ∂h_T/∂h_{T−k} for untrained cells, and for trained models over a text. The page is one \
            HTML file; a .csv next to it has the numbers. Untrained cells are measured twice: as initialised by default, \
            and with --remember or --gain. See docs/MEMORY.md.
            """)

    @Option(help: "The untrained cells, separated by commas.", completion: .list(CellRegistry().specifications))
    var cells = GradientSettings().cells.joined(
        separator: ",")
    @Option(
        help: ArgumentHelp("A trained model to measure over the text. Repeatable.", valueName: "model.runic"),
        completion: .file())
    var model: [String] = []
    @Argument(help: "Files and folders for the trained models; - is standard input.", completion: .file())
    var texts: [String] = []
    @Option(name: .output, help: ArgumentHelp("The page to write.", valueName: "file"), completion: .file())
    var out: String
    @Option(help: "Steps back in time.") var steps = GradientSettings().steps
    @Option(help: "Hidden units of untrained cells.") var hidden = GradientSettings().hidden
    @Option(
        help:
            "Gated cells, second initialisation: time scale of chrono initialisation, in steps; 0 skips it. (default: --steps)"
    )
    var remember: Int?
    @Option(help: "Cells without gates, second initialisation: factor for the recurrent weights; 1 skips it.")
    var gain = GradientSettings().gain
    @Option(help: "Seed for the initial parameters and for the random symbols fed to untrained cells.") var seed =
        GradientSettings().seed
    @Flag(help: "Print one JSON object instead of the table.") var json = false
    @OptionGroup var workers: ThreadsArgument
    @OptionGroup var plugins: PluginArguments

    private var numbersPath: String {
        let path = URL(fileURLWithPath: out)
        return path.pathExtension == "csv"
            ? out + ".csv" : (out as NSString).deletingPathExtension + ".csv"
    }

    private var settings: GradientSettings {
        get throws {
            var settings = GradientSettings()
            settings.cells = cells.isEmpty ? [] : try ArgumentValue.list(cells, "--cells") { $0 }
            (settings.steps, settings.hidden, settings.remember) = (steps, hidden, remember)
            (settings.gain, settings.seed, settings.threads) = (gain, seed, workers.threads)
            return settings
        }
    }

    func validate() throws {
        for path in [out, out.isEmpty ? out : numbersPath] {
            try OutputPath.check(path, reading: model + texts.filter { $0 != TextFile.standardInputPath })
        }
        for (name, value, range) in [
            ("--steps", steps, 1...100_000), ("--hidden", hidden, 1...4096),
            ("--remember", remember ?? 0, 0...1_000_000),
        ] where !range.contains(value) {
            throw ValidationError("\(name) is \(value); it must be \(range.lowerBound) to \(range.upperBound)")
        }
        guard gain > 0, gain <= 100 else {
            throw ValidationError("--gain is \(gain); it must be above 0 and at most 100")
        }
        guard model.isEmpty == texts.isEmpty else {
            throw ValidationError(
                model.isEmpty
                    ? "a text is only for trained models; give one with --model" : "--model needs a text to read")
        }
        if cells.isEmpty && model.isEmpty { throw ValidationError("--cells is empty; name a cell, or a --model") }
        do {
            _ = try GradientStudy(try settings)
        } catch let error as StudyError {
            throw ValidationError("--cells: \(error)")
        }
    }

    func run() throws {
        if let refusal = Folder.refusal(FilePath.folder(of: out)) {
            throw Failure("\(out): cannot be written: \(refusal)")
        }
        let registry = try plugins.registry()
        let subjects = try model.map { path in
            let model = try ModelLoading.load(path, registry: registry, threads: workers.threads)
            let source = try reporting { () throws(TextError) in
                try TextSource(paths: texts, readsBytes: model.pipeline.readsBytes)
            }
            for path in [out, numbersPath] { try OutputPath.check(path, reading: source.files.map(\.path)) }
            return try reporting { () throws(StudyError) in
                let text = try StudyText(source, model: model, limit: steps + GradientSubject.lead)
                return try GradientSubject(model, text, steps: steps)
            }
        }
        let settings = try settings
        let study = try reporting { () throws(StudyError) in try GradientStudy(settings, models: subjects) }
        let line = LiveLine()
        let report = try reporting { () throws(StudyError) in
            defer { line.clear() }
            return try study.run { done, next in
                line.show(isLast: true, text: { "\(done + 1) of \(study.subjects.count): \(next.cell), \(next.note)" })
            }
        }
        try ResultFiles.write(GradientPage(report).text, to: out)
        try ResultFiles.write(report.csv, to: numbersPath)
        if json { return try Console.json(report) }
        Console.result(report.table(columns: Terminal.outputColumns))
        Console.verbatim(numbersPath + "\n" + out)
    }
}
