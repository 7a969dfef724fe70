package import RunicArchive
package import RunicModel
package import RunicTraining

/// Writes a trainer's reports into the run folder and passes them on.
///
/// The best parameters are kept in memory. Every checkpoint holds them, so `best.runic` and `last.runic` are written after
/// it: a process that ends between two files leaves models older than the checkpoint, and resuming writes them again.
package final class RunKeeper: TrainingObserver {
    /// The point of the run at which a model is written.
    package struct Moment: Sendable {
        package let step: Int
        /// Nats per symbol on the validation part; nil before the first validation.
        package let validationNats: Double?
    }

    /// Called with progress and log lines.
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
    /// The state in the newest checkpoint.
    private var saved: TrainerState?
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private var pace: CheckpointPace

    /// - Parameters:
    ///   - checkpointSeconds: the least time between two checkpoints; nil: ``CheckpointPace/defaultInterval``.
    ///   - textHashes: the SHA-256 of each file of the text.
    ///   - manifest: makes the metadata of a model's archive.
    ///   - best: the best parameters of a run that is resumed.
    ///   - saved: the state of the checkpoint from which the run is resumed.
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

    /// Writes a checkpoint before the first step: the run can be resumed from then on, and a full disk is noticed before any
    /// work is lost.
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

    /// Saves everything; a run that never validated saves its last parameters as its best.
    package func finish(_ trainer: Trainer) throws(TrainingError) {
        try saveCheckpoint(trainer)
        try saveModels(trainer)
        if best == nil { try write(trainer.evaluationParameters, lastMoment(trainer), to: folder.bestPath) }
    }

    /// Saves the best model of a run that failed; its checkpoints stay as they are, so resuming fails again.
    package func saveBest(_ trainer: Trainer) throws(TrainingError) {
        guard let best, !bestIsSaved else { return }
        let state = trainer.state
        try write(
            best,
            Moment(step: state.bestStep, validationNats: state.bestValidation), to: folder.bestPath)
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
        Moment(step: trainer.state.step, validationNats: trainer.state.validation)
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
