internal import ArgumentParser
internal import Foundation
internal import Runic
internal import RunicFiles
internal import RunicStudy

struct StudyGradientsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gradients", abstract: "Write a page that shows how much of the past reaches the gradient.",
        discussion: """
            The size of ∂h_T/∂h_{T−k} for cells as they start, and for trained models over a text. The page is one HTML \
            file; its numbers go into a .csv beside it. See docs/MEMORY.md.
            """)

    @Option(help: "The cells, such as rnn,lstm,gru.") var cells = "rnn,lstm,gru"
    @Option(help: ArgumentHelp("A trained model to show too, over the text; repeatable.", valueName: "model.runic"))
    var model: [String] = []
    @Argument(help: "Files and folders that the models read; - is standard input.") var texts: [String] = []
    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The page to write.", valueName: "file"))
    var out: String
    @Option(help: "How many steps back.") var steps = GradientSettings().steps
    @Option(help: "Hidden units of fresh cells.") var hidden = GradientSettings().hidden
    @Option(help: "Steps that gated cells remember in their second start; --steps unless given, 0 for no second start.")
    var remember: Int?
    @Option(help: "What recurrent weights of cells without gates are multiplied by in their second start; 1 for none.")
    var gain = GradientSettings().gain
    @Option(help: "Of the starts, and of the symbols that fresh cells read.") var seed = GradientSettings().seed
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
                model.isEmpty ? "a text is for trained models; give one with --model" : "--model needs a text to read")
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
            throw Failure("\(out): cannot be written (\(refusal))")
        }
        let registry = try plugins.registry()
        let subjects = try model.map { path in
            let model = try ModelLoading.load(path, registry: registry, threads: workers.threads)
            let source = try reporting { () throws(TextError) in try TextSource(paths: texts) }
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
                line.show(isLast: true) { "\(done + 1) of \(study.subjects.count): \(next.cell), \(next.note)" }
            }
        }
        try ResultFiles.write(GradientPage(report).text, to: out)
        try ResultFiles.write(report.csv, to: numbersPath)
        if json { try Console.json(report) } else { Console.result(report.table + numbersPath + "\n" + out) }
    }
}
