internal import ArgumentParser
internal import Runic
internal import RunicTerminal

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train a model on texts.",
        discussion: """
            Ctrl-C ends training cleanly: everything is saved, and --resume goes on from there. A run that was killed goes \
            on from its last checkpoint. With --epochs it ends with the same model to the last bit; with --max-time the \
            learning rate follows the clock.
            """)

    @Argument(help: "Files and folders; - is standard input.")
    var texts: [String] = []

    @Option(help: ArgumentHelp("The folder of the run, made by it.", valueName: "run"))
    var out: String?

    @Option(help: ArgumentHelp("Go on with a run that was stopped.", valueName: "run"))
    var resume: String?

    @Option(
        help: ArgumentHelp(
            "Start from a model: its cell, sizes and pipeline, and its vocabulary with the text's new symbols.",
            valueName: "model"))
    var finetune: String?

    @Option(
        help:
            "The cell: rnn, lstm, gru or mgu, with options behind a colon such as lstm:peephole+coupled. lstm unless given."
    )
    var cell: String?

    @Option(help: "A licence to state in the model.")
    var licence: String?

    @Option(help: "A description to put into the model.")
    var description: String?

    @Option(
        help: ArgumentHelp(
            "The least time between two checkpoints; 30s unless given, 0s: as often as possible, whatever it costs.",
            valueName: "time"),
        transform: ArgumentValue.secondsOrNone)
    var checkpointEvery: Double?

    @OptionGroup var arguments: TrainingArguments
    @OptionGroup var plugins: PluginArguments

    func validate() throws {
        if resume != nil {
            // `runic train --resume RUN` or `--resume=RUN`: whatever else is given would be ignored.
            guard CommandLine.arguments.count <= 4 && texts.isEmpty && out == nil else {
                throw ValidationError("--resume goes on with the options of the run; give no others")
            }
            return
        }
        guard !texts.isEmpty else {
            throw ValidationError("no text is given; name files or folders, or - for standard input")
        }
        guard out != nil else { throw ValidationError("--out is missing; name a folder for the run") }
        _ = try options()
        let fixed =
            (cell == nil ? [] : ["--cell"]) + arguments.model.given + arguments.text.pipeline.given
            + arguments.regularisation.given
        if finetune != nil, !fixed.isEmpty {
            throw ValidationError(
                "--finetune takes cell, sizes and pipeline from its model; leave out \(fixed.joined(separator: ", "))")
        }
    }

    private func options() throws -> TrainingOptions {
        var options = try arguments.options(texts: texts, cell: cell, mayHaveFallback: finetune != nil)
        options.checkpointSeconds = checkpointEvery
        options.licence = licence
        options.description = description
        return options
    }

    func run() throws {
        let run: TrainingRun
        if let resume {
            run = try reporting { () throws(RunicError) in try TrainingRun(resuming: resume) }
        } else {
            var options = try options()
            let plugins = try finetune == nil ? plugins.load(for: options.pipeline) : plugins.load()
            options.plugins = plugins.isEmpty ? nil : plugins.map(\.file)
            let registry = try PluginArguments.registry(plugins)
            run =
                if let finetune {
                    TrainingRun(
                        options: options, finetuning: try ModelLoading.load(finetune, registry: registry),
                        out: out ?? "")
                } else {
                    TrainingRun(options: options, out: out ?? "", registry: registry)
                }
        }
        InterruptFlag.catchSignals(terminations: true, endingAfter: 2)
        let view = TrainingView()
        let summary = try reporting { () throws(RunicError) in
            try run.run(watcher: view, shouldStop: { InterruptFlag.signals.isRequested })
        }
        view.ends(summary)
    }
}
