internal import ArgumentParser
internal import Foundation
internal import Runic
internal import RunicArchive
internal import RunicCells
internal import RunicStudy
internal import RunicTerminal
internal import RunicDisplay

extension MemoryTask: ExpressibleByArgument {}

struct StudyMemoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory", abstract: "Measure over how many steps cells learn to remember.",
        discussion: """
            Trains one layer of each cell on a synthetic task that needs what was read many steps before: the sum of two \
            marked numbers (adding), or ten symbols in order (copy). Gated cells start with chrono initialisation. See \
            docs/MEMORY.md.
            """)

    @Option(help: "The task.") var task: MemoryTask
    @Option(help: ArgumentHelp("Steps to remember over, separated by commas.", valueName: "n,…")) var lags =
        MemorySettings().lags.map(\.description).joined(separator: ",")
    @Option(help: "The cells, separated by commas.", completion: .list(CellRegistry().specifications)) var cells =
        MemorySettings().cells.joined(separator: ",")
    @Option(help: "Hidden units.") var hidden = MemorySettings().hidden
    @Option(help: "Sequences per update.") var batch = MemorySettings().batch
    @Option(help: "Runs of each cell and lag, each with its own seed.") var seeds = MemorySettings().seeds
    @Option(help: "Largest number of updates per run.") var steps = MemorySettings().steps
    @Option(
        help: ArgumentHelp("Largest time per run, such as 90s or 10m. (default: no limit)", valueName: "time"),
        transform: ArgumentValue.seconds) var maxTime: Double?
    @Option(help: ArgumentHelp("Learning rates of Adam, tried in order until one solves the task.", valueName: "x,…"))
    var learningRate = MemorySettings().learningRates.map(\.description).joined(separator: ",")
    @Option(help: "Largest norm of the gradient.") var clip = MemorySettings().clipNorm
    @Option(
        help: "Gated cells: time scale of chrono initialisation, in steps; 0 for the default biases. (default: the lag)"
    )
    var remember: Int?
    @Option(
        name: .output,
        help: ArgumentHelp("Folder for results, curves and page. (default: nothing is saved)", valueName: "folder"),
        completion: .directory)
    var out: String?
    @Flag(help: "Print one JSON object instead of the table.") var json = false
    @OptionGroup var workers: ThreadsArgument

    private func study() throws -> MemoryStudy {
        var settings = MemorySettings()
        settings.cells = try ArgumentValue.list(cells, "--cells") { $0 }
        settings.lags = try ArgumentValue.list(lags, "--lags") {
            Int($0).flatMap { MemoryTask.lags.contains($0) ? $0 : nil }
        }
        settings.learningRates = try ArgumentValue.list(learningRate, "--learning-rate") {
            Double($0).flatMap { $0 > 0 && $0 <= 10 ? $0 : nil }
        }
        for (name, value, range) in [
            ("--hidden", hidden, 1...4096), ("--batch", batch, 1...4096), ("--seeds", seeds, 1...1000),
            ("--steps", steps, 1...100_000_000), ("--remember", remember ?? 0, 0...1_000_000),
        ] where !range.contains(value) {
            throw ValidationError("\(name) is \(value); it must be \(range.lowerBound) to \(range.upperBound)")
        }
        guard clip > 0, clip.isFinite else { throw ValidationError("--clip is \(clip); it must be above 0") }
        (settings.hidden, settings.batch, settings.seeds, settings.steps) = (hidden, batch, seeds, steps)
        (settings.seconds, settings.clipNorm, settings.remember) = (maxTime, clip, remember)
        settings.threads = workers.threads
        do {
            return try MemoryStudy(task, settings)
        } catch {
            throw ValidationError("--cells: \(error)")
        }
    }

    func validate() throws {
        if out == "" { throw ValidationError("--out is empty; name a folder") }
        _ = try study()
    }

    func run() throws {
        let study = try study()
        if let out { try ResultFiles.make(out) }
        InterruptFlag.catchSignals(terminations: true, endingAfter: 2)
        let line = LiveLine()
        let report = try reporting { () throws(StudyError) in
            defer { line.clear() }
            return try study.run(
                progress: { moment in
                    line.show(text: {
                        "\(moment.cell) at lag \(moment.lag), rate \(moment.learningRate): "
                            + "\(moment.point.update) updates, loss \(NumberFormat.fixed(moment.point.loss, 5))"
                    })
                }, shouldStop: { InterruptFlag.signals.isRequested })
        }
        if let out {
            try ResultFiles.write(report, to: out + "/results.json")
            try ResultFiles.write(report.csv, to: out + "/curves.csv")
            try ResultFiles.write(MemoryPage(report).text, to: out + "/memory.html")
        }
        if json { try Console.json(report) } else { Console.result(report.table(columns: Terminal.outputColumns)) }
    }
}
