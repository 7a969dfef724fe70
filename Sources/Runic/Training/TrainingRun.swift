internal import Foundation
internal import RunicArchive
internal import RunicModel
internal import RunicRun
internal import RunicText
package import RunicTraining
internal import RunicSymbols

/// A training run in its folder, from texts to archives.
public struct TrainingRun {
    let options: TrainingOptions
    let folder: RunFolder
    let resumes: Bool
    let registry: StageRegistry
    /// The model that a new run starts from; nil for fresh or saved parameters.
    private let base: TextModel?
    /// Makes what trains and scores.
    package var engines: any EngineFactory = HostEngines()

    /// A new run.
    ///
    /// - Parameters:
    ///   - options: the texts, the model and how to train it.
    ///   - out: the folder, made by ``run(watcher:shouldStop:)``.
    ///   - registry: finds the stages of the pipeline.
    public init(options: TrainingOptions, out: String, registry: StageRegistry = .builtIn) {
        self.registry = registry
        self.options = options
        folder = RunFolder(path: out)
        resumes = false
        base = nil
    }

    /// A new run that starts from a model.
    ///
    /// Cell, sizes and pipeline are the model's; `options` only decide whether invalid bytes are repaired. The vocabulary keeps
    /// the model's ids and adds new symbols of the text, unless the options call them rare. See
    /// `ModelParameters.init(growing:vocabularySize:unknown:)` for the parameters of a new symbol. The model itself is not
    /// needed to resume the run.
    ///
    /// - Parameters:
    ///   - model: in any precision; the run trains a copy in float32.
    ///   - out: the folder, made by ``run(watcher:shouldStop:)``.
    ///   - options: the texts and how to train.
    public init(options: TrainingOptions, finetuning model: TextModel, out: String) {
        registry = model.registry
        self.options = options.finetuning(model)
        folder = RunFolder(path: out)
        resumes = false
        base = model
    }

    /// A run that was stopped, with its own options.
    ///
    /// Its plugins are loaded, if their files are unchanged.
    ///
    /// - Parameters:
    ///   - path: the folder of the run.
    ///   - registry: finds the stages that are not from those plugins.
    /// - Throws: ``RunicError/training(_:)`` if the folder holds no run, ``RunicError/text(_:)`` if a plugin has changed.
    public init(resuming path: String, registry: StageRegistry = .builtIn) throws(RunicError) {
        base = nil
        folder = RunFolder(path: path)
        do {
            options = try folder.settings(TrainingOptions.self)
        } catch {
            throw .training(error)
        }
        guard !options.texts.contains(TextFile.standardInputPath) else {
            throw .training(
                .folder(
                    path: path, reason: "was trained on standard input, which cannot be read again; start a new run"))
        }
        var all = registry
        do {
            for plugin in options.plugins ?? [] {
                try all.register(try StagePlugin(path: plugin.path, sha256: plugin.sha256))
            }
        } catch {
            throw .text(error)
        }
        self.registry = all
        resumes = true
    }

    /// Reads the text, trains, and keeps the best model.
    ///
    /// - Parameters:
    ///   - watcher: is told about the progress of the run.
    ///   - shouldStop: asked after every update; the run then ends with everything saved.
    /// - Throws: ``RunicError``, one line that names what is wrong.
    public func run(
        watcher: (any TrainingWatcher)? = nil, shouldStop: () -> Bool = { false }
    ) throws(RunicError) -> TrainingSummary {
        do {
            try options.validate()
            return try resumes ? resume(watcher, shouldStop) : start(watcher, shouldStop)
        } catch {
            throw RunicError(wrapping: error)
        }
    }

    /// The most symbols of a part that are scored at the end of a run; `runic evaluate` scores all.
    private static let scoredSymbols = 4_000_000

    private func start(
        _ watcher: (any TrainingWatcher)?, _ shouldStop: () -> Bool
    ) throws -> TrainingSummary {
        try folder.refuseIfTaken(texts: options.texts)
        let corpus = try encoded()
        let configuration = options.configuration(vocabularySize: corpus.vocabulary.count)
        let split = try options.split(corpus, registry: registry)
        let parameters = try initialParameters(configuration)
        let trainer = try Trainer(settings: options.training, parameters: parameters, split: split, engines: engines)
        return try folder.locked {
            // Another process may have started a run here while the text was read.
            try folder.refuseIfTaken(texts: options.texts)
            try folder.removeLog()
            var saved = options
            saved.texts = options.texts.map { $0 == TextFile.standardInputPath ? $0 : URL(fileURLWithPath: $0).path }
            saved.pipeline = try TextPipeline(options.pipeline, registry: registry).description
            try folder.write(settings: saved)
            let keeper = try keeper(corpus, configuration, best: nil, saved: nil, watcher)
            return try train(trainer, keeper, corpus, split, remarks: [], watcher, shouldStop)
        }
    }

    private func resume(
        _ watcher: (any TrainingWatcher)?, _ shouldStop: () -> Bool
    ) throws -> TrainingSummary {
        try folder.locked {
            let (checkpoint, damage) = try folder.readCheckpoint()
            let corpus = try encoded()
            guard checkpoint.texts == corpus.files.map(\.sha256) else {
                throw RunicError.textChanged(path: options.texts.joined(separator: ", "))
            }
            let configuration = options.configuration(vocabularySize: corpus.vocabulary.count)
            let split = try options.split(corpus, registry: registry)
            let (parameters, best) = try checkpoint.parameters(of: configuration)
            let trainer = try Trainer(settings: options.training, parameters: parameters, split: split, engines: engines)
            try trainer.restore(checkpoint.state, vectorState: checkpoint.vectorState())
            let missing = try folder.rewind(to: checkpoint)
            let keeper = try keeper(corpus, configuration, best: best, saved: checkpoint.state, watcher)
            return try train(
                trainer, keeper, corpus, split, remarks: [damage, missing].compactMap(\.self), watcher, shouldStop)
        }
    }

    private func encoded() throws -> EncodedCorpus {
        let corpus = try CorpusEncoder(
            pipeline: TextPipeline(options.pipeline, registry: registry), threads: options.training.threads
        ).encode(
            TextSource(paths: options.texts), options: options.vocabulary, growing: options.finetuning?.vocabulary)
        try options.checkMemory(options.configuration(vocabularySize: corpus.vocabulary.count))
        return corpus
    }

    private func keeper(
        _ corpus: EncodedCorpus, _ configuration: ModelConfiguration, best: ModelParameters?, saved: TrainerState?,
        _ watcher: (any TrainingWatcher)?
    ) throws -> RunKeeper {
        // As in the folder, so that a resumed run writes the same note.
        var noted = options
        noted.pipeline = try TextPipeline(options.pipeline, registry: registry).description
        let manifest = try ModelManifest.make(
            configuration: configuration, options: noted, vocabulary: corpus.vocabulary, registry: registry)
        let listener = RunKeeper.Listener(
            progress: { watcher?.progresses($0) }, record: { watcher?.logs($0) })
        return RunKeeper(
            folder: folder, checkpointSeconds: options.checkpointSeconds, textHashes: corpus.files.map(\.sha256),
            best: best, saved: saved, listener: listener
        ) { moment throws(ArchiveError) in
            var full = manifest
            let note = TrainingNote(
                step: moment.step, seconds: moment.seconds, validationNats: moment.validationNats, options: noted,
                texts: corpus.files)
            try full.encode(.training, value: note)
            return full
        }
    }

    private func train(
        _ trainer: Trainer, _ keeper: RunKeeper, _ corpus: EncodedCorpus, _ split: TextSplit, remarks: [String],
        _ watcher: (any TrainingWatcher)?, _ shouldStop: () -> Bool
    ) throws -> TrainingSummary {
        watcher?.begins(
            TrainingPlan(
                configuration: trainer.parameters.configuration, parameterCount: trainer.parameters.count,
                settings: options.training, statistics: corpus.statistics,
                parts: [split.training.count, split.validation.count, split.test.count],
                stepsPerEpoch: trainer.stepsPerEpoch,
                finetuned: options.finetuning.map {
                    ($0.model, corpus.vocabulary.knownCount - ($0.vocabulary?.knownCount ?? 0))
                }, stepsDone: trainer.state.step, remarks: remarks))
        try keeper.begin(trainer)
        let end: TrainingEnd
        do {
            end = try trainer.run(observer: keeper, shouldStop: shouldStop)
        } catch {
            // Report why the run ended, not why saving failed.
            try? keeper.saveBest(trainer)
            throw error
        }
        try keeper.finish(trainer)
        let best = try TextModel(path: folder.bestPath, registry: registry)
        func loss(_ whole: SymbolSequence) throws -> Double? {
            let part = whole.prefix(Self.scoredSymbols)
            guard part.count >= 2 else { return nil }
            let (nats, count) = try engines.makeScorer(
                ScoringPlan(parameters: best.parameters, symbols: part.count, resets: !split.separator.isEmpty),
                threads: options.training.threads
            ).score(part, startsAt: DocumentStarts.startsAt(part, separator: split.separator))
            return nats / Double(count)
        }
        let state = trainer.state
        return TrainingSummary(
            end: end, steps: state.step, seconds: state.seconds, skippedSteps: state.skippedSteps,
            returns: state.rollbacks, rateFactor: state.rateFactor,
            bestStep: state.bestStep > 0 ? state.bestStep : state.step,
            validationNats: try loss(split.validation), testNats: try loss(split.test), bestPath: folder.bestPath,
            lastPath: folder.lastPath)
    }

    /// The parameters of a new run: fresh, or those of the model that it starts from.
    private func initialParameters(_ configuration: ModelConfiguration) throws -> ModelParameters {
        if let base {
            return try ModelParameters(
                growing: base.parameters, vocabularySize: configuration.vocabularySize, unknown: base.vocabulary.unknown
            )
        }
        if let finetuning = options.finetuning {
            throw TrainingError.model("the run starts from \(finetuning.model), which is not given")
        }
        let parameters = try ModelParameters(configuration: configuration)
        parameters.initialise(seed: options.training.seed, rememberedSteps: options.rememberedSteps)
        return parameters
    }
}
