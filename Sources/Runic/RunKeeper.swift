internal import RunicArchive
internal import RunicKernels
internal import RunicModel
internal import RunicText
internal import RunicTraining

/// Writes what a trainer tells it into the run folder, and passes it on.
///
/// The best parameters are kept in memory and saved together with the last ones and with what resuming needs, at most
/// every few seconds, so that a small model does not spend its time on the disk.
final class RunKeeper: TrainingObserver {
    private let folder: RunFolder
    private let manifest: ArchiveManifest
    private let options: TrainingOptions
    private let files: [FileStatistics]
    private let watcher: (any TrainingWatcher)?
    /// The best parameters and what is to be noted of them, until they are saved.
    private var best: (parameters: ModelParameters, note: TrainingNote, isSaved: Bool)?
    private let clock = ContinuousClock()
    private var lastSave: ContinuousClock.Instant

    /// Between two saves of a run that goes on.
    private static let interval = Duration.seconds(10)

    init(
        folder: RunFolder, manifest: ArchiveManifest, options: TrainingOptions, files: [FileStatistics],
        watcher: (any TrainingWatcher)?
    ) {
        self.folder = folder
        self.manifest = manifest
        self.options = options
        self.files = files
        self.watcher = watcher
        lastSave = clock.now
    }

    func trainer(_ trainer: Trainer, did progress: TrainingProgress) { watcher?.progresses(progress) }

    func trainer(_ trainer: Trainer, logged record: TrainingRecord) throws(TrainingError) {
        try folder.append(record)
        watcher?.logs(record)
    }

    func trainerImproved(_ trainer: Trainer) {
        if let kept = best?.parameters {
            kept.whole.assign(from: trainer.evaluationParameters.whole)
            best = (kept, note(trainer), false)
        } else {
            best = (trainer.evaluationParameters.copy(), note(trainer), false)
        }
    }

    func trainerCanSave(_ trainer: Trainer) throws(TrainingError) {
        if clock.now - lastSave >= Self.interval { try save(trainer) }
    }

    /// Saves everything; a run that never validated keeps what it has as its best.
    func finish(_ trainer: Trainer) throws(TrainingError) {
        if best == nil && !folder.hasBest { trainerImproved(trainer) }
        try save(trainer)
    }

    private func save(_ trainer: Trainer) throws(TrainingError) {
        if let best, !best.isSaved {
            try write(best.parameters, best.note, to: folder.bestPath)
            self.best?.isSaved = true
        }
        try write(trainer.evaluationParameters, note(trainer), to: folder.lastPath)
        try folder.writeResume(trainer, texts: files.map(\.sha256))
        lastSave = clock.now
    }

    private func note(_ trainer: Trainer) -> TrainingNote {
        TrainingNote(
            step: trainer.state.step, seconds: trainer.state.seconds, validationNats: trainer.state.validation,
            options: options, texts: files)
    }

    private func write(
        _ parameters: ModelParameters, _ note: TrainingNote, to path: String
    ) throws(TrainingError) {
        var full = manifest
        do {
            try full.encode(.training, value: note)
        } catch {
            throw .folder(path: path, reason: error.description)
        }
        try folder.write(parameters, manifest: full, to: path)
    }
}
