internal import Foundation
internal import RunicArchive
internal import RunicDisplay
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
    /// Whether a resumed run reads its texts from elsewhere than before.
    let textsMoved: Bool
    let environment: Environment
    /// The model that a new run starts from; nil for fresh or saved parameters.
    private let base: TextModel?
    /// Makes what trains and scores.
    package var engines: any EngineFactory = HostEngines()

    /// A new run.
    ///
    /// - Parameters:
    ///   - options: the texts, the model and how to train it.
    ///   - out: the folder, made by ``run(watcher:shouldStop:)``.
    ///   - environment: has the stages of the pipeline.
    public init(options: TrainingOptions, out: String, environment: Environment = Environment()) {
        self.environment = environment
        self.options = options.separatingDocuments(environment.stages)
        folder = RunFolder(path: out)
        (resumes, textsMoved) = (false, false)
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
        environment = model.environment
        self.options = options.finetuning(model).separatingDocuments(model.environment.stages)
        folder = RunFolder(path: out)
        (resumes, textsMoved) = (false, false)
        base = model
    }

    /// A run that was stopped, with its own options.
    ///
    /// Its folder names the plugins that it needs, but a folder may come from anybody: none is loaded unless the caller
    /// names it, too, and it is the same file as when the run began. The parameters below change nothing in the result.
    ///
    /// - Parameters:
    ///   - path: the folder of the run.
    ///   - texts: where the files of its text are now, in any order; empty: where they were. Their SHA-256 must be the run's.
    ///   - threads: worker threads; nil: as many as before.
    ///   - checkpointSeconds: the shortest time between two checkpoints; nil: as before.
    ///   - plugins: the paths of the run's plugins; those that `environment` has may be left out.
    ///   - environment: has the stages that are not from those plugins.
    /// - Throws: ``RunicError/training(_:)`` if the folder holds no run, or one that needs another plugin;
    ///   ``RunicError/text(_:)`` if a plugin is not one of the run's, or cannot be loaded;
    ///   ``RunicError/textMissing(run:reason:)`` if the text was a pipe and `texts` does not say where it is saved.
    public init(
        resuming path: String, texts: [String] = [], threads: Int? = nil, checkpointSeconds: Double? = nil,
        plugins: [String] = [], environment: Environment = Environment()
    ) throws(RunicError) {
        base = nil
        folder = RunFolder(path: path)
        var saved: TrainingOptions
        do {
            saved = try folder.settings(TrainingOptions.self)
        } catch {
            throw .training(error)
        }
        textsMoved = !texts.isEmpty
        if textsMoved { saved.texts = texts }
        saved.training.threads = threads ?? saved.training.threads
        saved.checkpointSeconds = checkpointSeconds ?? saved.checkpointSeconds
        if let text = saved.unrepeatableTexts.first, !textsMoved {
            let name = text == TextFile.standardInputPath ? "standard input" : "\(text), which is not a regular file"
            throw .textMissing(run: path, reason: "\(path): was trained on \(name), and cannot read it again")
        }
        options = saved
        var all = environment
        let needed = options.plugins ?? []
        do throws(TextError) {
            for plugin in plugins {
                let sha256 = try StagePlugin.sha256(of: plugin)
                guard needed.contains(where: { $0.sha256 == sha256 }) else {
                    throw .plugin(
                        path: plugin, reason: "the run in \(path) was not started with this plugin (SHA-256 \(sha256))")
                }
                try all.stages.register(try StagePlugin(path: plugin, sha256: sha256))
            }
        } catch {
            throw .text(error)
        }
        if let missing = needed.first(where: { !all.stages.hasStages(ofPlugin: $0.sha256) }) {
            throw .training(
                .folder(
                    path: path,
                    reason: "needs the plugin \(missing.path) with SHA-256 \(missing.sha256), which would run with all "
                        + "rights of this program; if you trust it, name it again with --plugin"))
        }
        self.environment = all
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

    private func start(
        _ watcher: (any TrainingWatcher)?, _ shouldStop: () -> Bool
    ) throws -> TrainingSummary {
        try folder.refuseIfTaken(texts: options.texts)
        let corpus = try encoded()
        let configuration = options.configuration(vocabularySize: corpus.vocabulary.count)
        let split = try options.split(corpus, registry: registry)
        var fitted = options
        let notices = [
            fitted.fit(split), options.resumeWarning(run: folder.path), droppedSeparator, corpus.nullWarning,
        ]
        let parameters = try options.initialParameters(configuration, base: base)
        let trainer = try Trainer(settings: fitted.training, parameters: parameters, split: split, engines: engines)
        return try folder.locked {
            // Another process may have started a run here while the text was read.
            try folder.refuseIfTaken(texts: options.texts)
            try folder.removeLog()
            try save(fitted)
            let keeper = try keeper(corpus, configuration, fitted, best: nil, saved: nil, watcher)
            return try train(
                trainer, keeper, corpus, split, remarks: [], warnings: notices.compactMap(\.self), watcher, shouldStop)
        }
    }

    /// Writes the options that resuming needs; texts are found from any current folder.
    private func save(_ options: TrainingOptions) throws {
        var saved = options
        saved.texts = options.texts.map { $0 == TextFile.standardInputPath ? $0 : URL(fileURLWithPath: $0).path }
        saved.pipeline = try TextPipeline(options.pipeline, registry: registry).description
        try folder.write(settings: saved)
    }

    private func resume(
        _ watcher: (any TrainingWatcher)?, _ shouldStop: () -> Bool
    ) throws -> TrainingSummary {
        try folder.locked {
            let (checkpoint, damage) = try folder.readCheckpoint()
            let (options, corpus) = try resumedText(checkpoint)
            if textsMoved {
                var moved = try folder.settings(TrainingOptions.self)
                moved.texts = options.texts
                try save(moved)
            }
            let configuration = options.configuration(vocabularySize: corpus.vocabulary.count)
            let split = try options.split(corpus, registry: registry)
            let (parameters, best) = try checkpoint.parameters(of: configuration)
            let trainer = try Trainer(
                settings: options.training, parameters: parameters, split: split, engines: engines)
            try trainer.restore(checkpoint.state, vectorState: checkpoint.vectorState())
            let missing = try folder.rewind(to: checkpoint)
            let keeper = try keeper(
                corpus, configuration, options, best: best, saved: checkpoint.state, watcher)
            return try train(
                trainer, keeper, corpus, split, remarks: [damage, missing].compactMap(\.self), warnings: [], watcher,
                shouldStop)
        }
    }

    /// Finds the stages of the pipeline.
    var registry: StageRegistry { environment.stages }

    func encoded(_ texts: [String]? = nil) throws -> EncodedCorpus {
        let corpus = try options.encoded(registry, from: texts)
        try options.checkMemory(options.configuration(vocabularySize: corpus.vocabulary.count))
        return corpus
    }

    private func keeper(
        _ corpus: EncodedCorpus, _ configuration: ModelConfiguration, _ options: TrainingOptions,
        best: ModelParameters?, saved: TrainerState?, _ watcher: (any TrainingWatcher)?
    ) throws -> RunKeeper {
        let manifest = try ModelManifest(configuration, options, corpus, registry: registry)
        let listener = RunKeeper.Listener(
            progress: { watcher?.progresses($0) }, record: { watcher?.logs($0) })
        return RunKeeper(
            folder: folder, checkpointSeconds: options.checkpointSeconds, textHashes: corpus.files.map(\.sha256),
            best: best, saved: saved, listener: listener
        ) { moment throws(ArchiveError) in
            try manifest.full(step: moment.step, validationNats: moment.validationNats)
        }
    }

    private func train(
        _ trainer: Trainer, _ keeper: RunKeeper, _ corpus: EncodedCorpus, _ split: TextSplit, remarks: [String],
        warnings: [String], _ watcher: (any TrainingWatcher)?, _ shouldStop: () -> Bool
    ) throws -> TrainingSummary {
        var fitted = options
        fitted.training = trainer.settings
        watcher?.begins(
            TrainingPlan(
                configuration: trainer.parameters.configuration, parameterCount: trainer.parameters.count,
                settings: trainer.settings, statistics: corpus.statistics, files: corpus.files, unseen: corpus.unseen,
                unit: corpus.vocabulary.unit, isSpelled: corpus.vocabulary.byteBase != nil,
                parts: [split.training.count, split.validation.count, split.test.count],
                stepsPerEpoch: trainer.stepsPerEpoch,
                finetuned: options.finetuning.map {
                    ($0.model, corpus.vocabulary.knownCount - ($0.vocabulary?.knownCount ?? 0))
                }, stepsDone: trainer.state.step, remarks: remarks, textRemarks: corpus.remarks,
                warnings: warnings
                    + TrainingWarnings(options: fitted, split: split, stepsPerEpoch: trainer.stepsPerEpoch).lines))
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
        return try summary(trainer, end, split, corpus)
    }

    /// The line for a run that reads as one document what its model knows as several; nil for any other.
    private var droppedSeparator: String? {
        guard let base, options.training.documentSeparator == nil,
            let separator = base.trainingNote?.options.training.documentSeparator
        else { return nil }
        let text = TextEscapes.escape(separator)
        let option = "--document-separator " + text.shellQuoted
        return "\(base.name) knows documents, separated by \(text), and this run reads its text as one document; "
            + "keep them with \(option)"
    }
}
