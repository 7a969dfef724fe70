package import RunicArchive
package import RunicModel
package import RunicTraining

/// Writes what a trainer reports into the run folder, and passes it on.
///
/// The best parameters are kept in memory. Every checkpoint holds them, so `best.runic` and `last.runic` are only
/// written after it: a process that ends between two files leaves models older than the checkpoint, and resuming
/// writes them again.
package final class RunKeeper: TrainingObserver {
    /// A point of the run that a model is written at.
    package struct Moment: Sendable {
        package let step: Int
        /// Seconds of training, validation included.
        package let seconds: Double
        /// Nats per symbol on the validation part; nil before the first validation.
        package let validationNats: Double?
    }

    /// Who hears of progress and log lines.
    package struct Listener {
        package var progress: (TrainingProgress) -> Void
        package var record: (TrainingRecord) -> Void

        package init(
            progress: @escaping (TrainingProgress) -> Void = { _ in },
            record: @escaping (TrainingRecord) -> Void = { _ in }
        ) {
            self.progress = progress
            self.record = record
        }
    }

    private let folder: RunFolder
    private let manifest: (Moment) throws(ArchiveError) -> ArchiveManifest
    private let textHashes: [String]
    private let listener: Listener
    private var best: ModelParameters?
    private var bestIsSaved = false
    /// What the newest checkpoint holds.
    private var saved: TrainerState?
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private var pace: CheckpointPace

    /// - Parameters:
    ///   - checkpointSeconds: the least time between two checkpoints; nil: the default.
    ///   - textHashes: the SHA-256 of each file of the text.
    ///   - manifest: what a model's archive says beside its tensors.
    ///   - best: the best parameters of a run that is resumed.
    ///   - saved: the state of the checkpoint that it is resumed from.
    package init(
        folder: RunFolder, checkpointSeconds: Double?, textHashes: [String], best: ModelParameters?,
        saved: TrainerState?, listener: Listener,
        manifest: @escaping (Moment) throws(ArchiveError) -> ArchiveManifest
    ) {
        self.folder = folder
        self.manifest = manifest
        self.textHashes = textHashes
        self.best = best
        self.saved = saved
        self.listener = listener
        began = clock.now
        pace = CheckpointPace(interval: checkpointSeconds ?? CheckpointPace.defaultInterval, now: 0)
    }

    /// Makes sure that there is a checkpoint before the first step: from then on the run can be resumed whatever happens, and
    /// a disk that is full is noticed before it costs any work.
    package func begin(_ trainer: Trainer) throws(TrainingError) { try saveCheckpoint(trainer) }

    package func trainer(_ trainer: Trainer, did progress: TrainingProgress) { listener.progress(progress) }

    package func trainer(_ trainer: Trainer, logged record: TrainingRecord) throws(TrainingError) {
        try folder.append(record)
        listener.record(record)
    }

    package func trainerImproved(_ trainer: Trainer) {
        trainer.copyEvaluationParameters(into: &best)
        bestIsSaved = false
    }

    package func trainerCanSave(_ trainer: Trainer) throws(TrainingError) {
        guard pace.isDue(at: now) else { return }
        let start = now
        try saveCheckpoint(trainer)
        try saveModels(trainer)
        pace.wrote(from: start, to: now)
    }

    /// Saves everything; a run that never validated shows what it has as its best.
    package func finish(_ trainer: Trainer) throws(TrainingError) {
        try saveCheckpoint(trainer)
        try saveModels(trainer)
        if best == nil { try write(trainer.evaluationParameters, lastMoment(trainer), to: folder.bestPath) }
    }

    /// Keeps what was learnt of a run that failed; its checkpoints stay as they are, so that going on fails again.
    package func saveBest(_ trainer: Trainer) throws(TrainingError) {
        guard let best, !bestIsSaved else { return }
        let state = trainer.state
        try write(
            best,
            Moment(step: state.bestStep, seconds: state.bestSeconds, validationNats: state.bestValidation),
            to: folder.bestPath)
        bestIsSaved = true
    }

    private var now: Double {
        let (seconds, attoseconds) = (clock.now - began).components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }

    private func saveCheckpoint(_ trainer: Trainer) throws(TrainingError) {
        guard saved != trainer.state else { return }
        try folder.writeCheckpoint(trainer, best: best, texts: textHashes)
        saved = trainer.state
    }

    private func saveModels(_ trainer: Trainer) throws(TrainingError) {
        try saveBest(trainer)
        try write(trainer.evaluationParameters, lastMoment(trainer), to: folder.lastPath)
    }

    private func lastMoment(_ trainer: Trainer) -> Moment {
        Moment(step: trainer.state.step, seconds: trainer.state.seconds, validationNats: trainer.state.validation)
    }

    private func write(_ parameters: ModelParameters, _ moment: Moment, to path: String) throws(TrainingError) {
        let full: ArchiveManifest
        do {
            full = try manifest(moment)
        } catch {
            throw .archive(error)
        }
        try folder.write(parameters, manifest: full, to: path)
    }
}
