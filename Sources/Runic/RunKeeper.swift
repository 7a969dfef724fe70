internal import RunicArchive
internal import RunicKernels
internal import RunicModel
internal import RunicText
internal import RunicTraining

/// Writes what a trainer tells it into the run folder, and passes it on.
///
/// The best parameters are kept in memory. They are in every checkpoint, so that `best.runic` and `last.runic` need be
/// written only after it: a process that ends between two files leaves models older than the checkpoint, and going on from
/// that writes them again.
final class RunKeeper: TrainingObserver {
    private let folder: RunFolder
    private let manifest: ArchiveManifest
    private let options: TrainingOptions
    private let files: [FileStatistics]
    private let watcher: (any TrainingWatcher)?
    private var best: ModelParameters?
    private var bestIsSaved = false
    /// What the newest checkpoint holds.
    private var saved: TrainerState?
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private var pace: CheckpointPace

    /// - Parameters:
    ///   - best: the best parameters of a run that is resumed.
    ///   - saved: the state of the checkpoint that it is resumed from.
    init(
        folder: RunFolder, manifest: ArchiveManifest, options: TrainingOptions, files: [FileStatistics],
        best: ModelParameters?, saved: TrainerState?, watcher: (any TrainingWatcher)?
    ) {
        self.folder = folder
        self.manifest = manifest
        self.options = options
        self.files = files
        self.best = best
        self.saved = saved
        self.watcher = watcher
        began = clock.now
        pace = CheckpointPace(interval: options.checkpointSeconds ?? CheckpointPace.defaultInterval, now: 0)
    }

    /// Makes sure that there is a checkpoint before the first step: from then on the run can be resumed whatever happens, and
    /// a disk that is full is noticed before it costs any work.
    func begin(_ trainer: Trainer) throws(TrainingError) { try saveCheckpoint(trainer) }

    func trainer(_ trainer: Trainer, did progress: TrainingProgress) { watcher?.progresses(progress) }

    func trainer(_ trainer: Trainer, logged record: TrainingRecord) throws(TrainingError) {
        try folder.append(record)
        watcher?.logs(record)
    }

    func trainerImproved(_ trainer: Trainer) {
        if let best {
            best.whole.assign(from: trainer.evaluationParameters.whole)
        } else {
            best = trainer.evaluationParameters.copy()
        }
        bestIsSaved = false
    }

    func trainerCanSave(_ trainer: Trainer) throws(TrainingError) {
        guard pace.isDue(at: now) else { return }
        let start = now
        try saveCheckpoint(trainer)
        try saveModels(trainer)
        pace.wrote(from: start, to: now)
    }

    /// Saves everything; a run that never validated shows what it has as its best.
    func finish(_ trainer: Trainer) throws(TrainingError) {
        try saveCheckpoint(trainer)
        try saveModels(trainer)
        if best == nil { try write(trainer.evaluationParameters, lastNote(trainer), to: folder.bestPath) }
    }

    /// Keeps what was learnt of a run that failed; its checkpoints stay as they are, so that going on fails again.
    func saveBest(_ trainer: Trainer) throws(TrainingError) {
        guard let best, !bestIsSaved else { return }
        let state = trainer.state
        try write(
            best,
            note(step: state.bestStep, seconds: state.bestSeconds, validation: state.bestValidation),
            to: folder.bestPath)
        bestIsSaved = true
    }

    private var now: Double {
        let (seconds, attoseconds) = (clock.now - began).components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }

    private func saveCheckpoint(_ trainer: Trainer) throws(TrainingError) {
        guard saved != trainer.state else { return }
        try folder.writeCheckpoint(trainer, best: best, texts: files.map(\.sha256))
        saved = trainer.state
    }

    private func saveModels(_ trainer: Trainer) throws(TrainingError) {
        try saveBest(trainer)
        try write(trainer.evaluationParameters, lastNote(trainer), to: folder.lastPath)
    }

    private func lastNote(_ trainer: Trainer) -> TrainingNote {
        note(step: trainer.state.step, seconds: trainer.state.seconds, validation: trainer.state.validation)
    }

    private func note(step: Int, seconds: Double, validation: Double?) -> TrainingNote {
        TrainingNote(step: step, seconds: seconds, validationNats: validation, options: options, texts: files)
    }

    private func write(
        _ parameters: ModelParameters, _ note: TrainingNote, to path: String
    ) throws(TrainingError) {
        var full = manifest
        do {
            try full.encode(.training, value: note)
        } catch {
            throw .archive(error)
        }
        try folder.write(parameters, manifest: full, to: path)
    }
}
