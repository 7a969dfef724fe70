internal import ArgumentParser
internal import Runic
internal import RunicCells
internal import RunicDisplay
internal import RunicRun
internal import RunicTerminal

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train a model on texts.",
        discussion: """
            Ctrl-C stops training and saves everything; --resume continues from there. A run that was killed continues \
            from its last checkpoint. With --epochs, a resumed run ends with the same model to the last bit as one that \
            was never stopped; with --max-time, the learning rate follows the clock. Texts given with --resume say where \
            the run's text is now; --threads and --checkpoint-every may be given too, as they do not change the result.
            """)

    @Argument(help: "Files and folders; - is standard input.", completion: .file())
    var texts: [String] = []

    @Option(
        name: .output, help: ArgumentHelp("Folder to create for the run.", valueName: "run"),
        completion: .directory)
    var out: String?

    @Option(
        help: ArgumentHelp("Continue a run that was stopped, with its own options.", valueName: "run"),
        completion: .directory)
    var resume: String?

    @Option(
        help: ArgumentHelp(
            "Start from a trained model. Cell, sizes and pipeline are the model's; its vocabulary gains the new symbols of "
                + "the text.",
            valueName: "model"), completion: .file())
    var finetune: String?

    @Option(
        help: """
            The cell: \(Defaults.list(CellRegistry().names)). Options follow a colon, as in lstm:peephole+coupled. \
            \(Defaults.preset(Defaults.options.cell))
            """, completion: .list(CellRegistry().specifications))
    var cell: String?

    @Option(help: "Licence to store in the model.")
    var licence: String?

    @Option(help: "Description to store in the model.")
    var description: String?

    @Option(
        help: ArgumentHelp(
            "Shortest time between two checkpoints; 0s saves as often as possible, at any cost. (default: "
                + "\(Int(CheckpointPace.defaultInterval))s)",
            valueName: "time"),
        transform: ArgumentValue.secondsOrNone)
    var checkpointEvery: Double?

    @OptionGroup var sources: SourcesArgument
    @OptionGroup var arguments: TrainingArguments
    @OptionGroup var plugins: PluginArguments

    func validate() throws {
        if let resume { return try checkResuming(resume) }
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

    /// The options that change nothing in the result of a run.
    private static let resumable: Set = ["--resume", "--threads", "--checkpoint-every", "--plugin"]

    /// Refuses what a resumed run would ignore.
    private func checkResuming(_ run: String) throws {
        let others = ProgramArguments.current.options.filter { !Self.resumable.contains($0) }
        guard others.isEmpty else {
            throw ValidationError(
                "--resume continues with the options of the run; leave out \(others.joined(separator: ", ")), or train its "
                    + "model with other options: runic train TEXT... --finetune \((run + "/best.runic").shellPath) --out NEW"
            )
        }
        guard (1...1_024).contains(arguments.run.threads) else {
            throw ValidationError("--threads is \(arguments.run.threads); it must be 1 to 1024")
        }
    }

    private func options() throws -> TrainingOptions {
        var options = try arguments.options(texts: texts, cell: cell, mayHaveFallback: finetune != nil)
        options.checkpointSeconds = checkpointEvery
        options.leavesOutSources = sources.noSources
        options.licence = licence
        options.description = description
        return options
    }

    func run() throws {
        let run: TrainingRun
        if let resume {
            let threads = ProgramArguments.current.options.contains("--threads") ? arguments.run.threads : nil
            run = try reporting { () throws(RunicError) in
                try TrainingRun(
                    resuming: resume, texts: texts, threads: threads, checkpointSeconds: checkpointEvery,
                    plugins: plugins.paths)
            }
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
                    TrainingRun(options: options, out: out ?? "", environment: Environment(stages: registry))
                }
        }
        InterruptFlag.catchSignals(terminations: true, endingAfter: 2)
        let view = TrainingView()
        let summary = try reporting { () throws(RunicError) in
            try run.run(watcher: view, shouldStop: { InterruptFlag.signals.isRequested })
        }
        view.ends(summary)
        NextSteps(run: resume ?? out ?? "", resumeCommand: run.resumeCommand).show(after: summary)
    }
}
