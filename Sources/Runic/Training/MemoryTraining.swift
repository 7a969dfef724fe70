internal import RunicArchive
internal import RunicModel
internal import RunicText
internal import RunicTraining
internal import Synchronization

/// A training run that leaves nothing but its model.
struct MemoryTraining: Sendable {
    let source: TextSource
    let options: TrainingOptions
    let environment: Environment
    let progress: @Sendable (TrainingProgress) -> Void

    /// Reads the text and trains.
    ///
    /// - Returns: the model with the lowest validation loss, as `best.runic` of a run; nil if it was cancelled.
    /// - Throws: ``RunicError``.
    func run(until cancellation: Cancellation) throws(RunicError) -> TextModel? {
        do {
            return try train(cancellation)
        } catch {
            throw RunicError(wrapping: error)
        }
    }

    private func train(_ cancellation: Cancellation) throws -> TextModel? {
        var options = options.separatingDocuments(environment.stages)
        options.texts = source.files.map(\.path)
        try options.validate()
        let corpus = try options.encoded(environment.stages, source)
        let configuration = options.configuration(vocabularySize: corpus.vocabulary.count)
        try options.checkMemory(configuration)
        let split = try options.split(corpus, registry: environment.stages)
        _ = options.fit(split)
        let manifest = try ModelManifest(configuration, options, corpus, registry: environment.stages)
        let trainer = try Trainer(
            settings: options.training, parameters: try options.initialParameters(configuration, base: nil),
            split: split, engines: HostEngines())
        let keeper = BestKeeper(progress)
        guard try trainer.run(observer: keeper, shouldStop: { cancellation.isRequested }) != .interrupted else {
            return nil
        }
        let state = trainer.state
        let full = try manifest.full(
            step: keeper.best == nil ? state.step : state.bestStep,
            validationNats: keeper.best == nil ? state.validation : state.bestValidation)
        let archive = try Archive(
            metadata: full.metadata, tensors: (keeper.best ?? trainer.evaluationParameters).tensors())
        return try TextModel(archive: archive, environment: environment)
    }
}

/// Keeps the best parameters of a run in memory.
private final class BestKeeper: TrainingObserver {
    private let progress: (TrainingProgress) -> Void
    private(set) var best: ModelParameters?

    init(_ progress: @escaping (TrainingProgress) -> Void) { self.progress = progress }

    func trainer(_ trainer: Trainer, did progress: TrainingProgress) { self.progress(progress) }
    func trainer(_ trainer: Trainer, logged record: TrainingRecord) {}
    func trainerImproved(_ trainer: Trainer) { trainer.copyEvaluationParameters(into: &best) }
    func trainerCanSave(_ trainer: Trainer) {}
}

/// Whether a computation on another thread should end.
final class Cancellation: Sendable {
    private let requested = Atomic(false)

    var isRequested: Bool { requested.load(ordering: .relaxed) }

    func request() { requested.store(true, ordering: .relaxed) }
}
