internal import ArgumentParser
internal import Foundation
internal import Runic
internal import RunicCells
internal import RunicEvaluation
internal import RunicTerminal
internal import RunicComparison

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Train several cells on the same text and compare them.",
        discussion: """
            Every cell reads the same data in the same order. --layers, --hidden and --embedding set the sizes of the \
            first cell; --match says how the others follow. --epochs and --max-time apply to each run. The table goes \
            to standard output; --out saves it as comparison.json and comparison.csv, with the best model of every run.
            """)

    @Argument(help: "Files and folders; - is standard input.", completion: .file()) var texts: [String]
    @Option(
        help:
            "The cells, separated by commas: \(Defaults.list(CellRegistry().names)), each with options as in lstm:peephole.",
        completion: .list(CellRegistry().specifications)) var cells = "lstm,gru"
    @Option(help: "What the models share: the number of parameters, the hidden size, or parameters and training time.")
    var match: ComparisonMatching = .parameters
    @Option(help: "Runs of each cell, each with its own seed.") var seeds = 1
    @Option(
        name: .output,
        help: ArgumentHelp("Folder for results and models. (default: nothing is saved)", valueName: "folder"),
        completion: .directory)
    var out: String?
    @Flag(help: "Print one JSON object instead of the table.") var json = false
    @OptionGroup var sources: SourcesArgument
    @OptionGroup var arguments: TrainingArguments
    @OptionGroup var plugins: PluginArguments

    private func comparison() throws -> Comparison {
        let names = Choice.parts(of: cells).filter { !$0.isEmpty }.map { $0.trimmingCharacters(in: .whitespaces) }
        guard !names.isEmpty else { throw ValidationError("--cells is empty; name the cells, separated by commas") }
        var options = try arguments.options(texts: texts, cell: names.first ?? "")
        options.leavesOutSources = sources.noSources
        let comparison = Comparison(options: options, cells: names, matching: match, seeds: seeds, out: out)
        do {
            try comparison.validate()
        } catch {
            throw ValidationError(error.description)
        }
        return comparison
    }

    func validate() throws {
        _ = try comparison()
    }

    func run() throws {
        InterruptFlag.catchSignals(terminations: true, endingAfter: 2)
        var comparison = try comparison()
        comparison.environment.stages = try PluginArguments.registry(try plugins.load(for: comparison.options.pipeline))
        let view = ComparisonView()
        let report = try reporting { () throws(RunicError) in
            try comparison.run(
                reads: FileRemarks.show, remark: { Console.note("runic: \($0)") }, progress: view.shows,
                warning: {
                    view.ends()
                    Console.warn($0)
                },
                shouldStop: { InterruptFlag.signals.isRequested })
        }
        view.ends()
        UnknownWarning.warn(about: report, of: texts)
        if json { try Console.json(report) } else { Console.result(report.table(columns: Terminal.outputColumns)) }
        if let out {
            let models = report.runs.count { $0.end != .diverged }
            Console.note("wrote \(out)/comparison.json, \(out)/comparison.csv and \(models) models")
        }
        if !report.runs.isEmpty && report.runs.allSatisfy({ $0.end == .diverged }) {
            throw Failure("every run has diverged, so there is nothing to compare; try a smaller --learning-rate")
        }
    }
}
