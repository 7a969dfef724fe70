/// Who is told what a trainer does.
package protocol TrainingObserver: AnyObject {
    /// After every update.
    func trainer(_ trainer: Trainer, did progress: TrainingProgress)
    /// A line for the log.
    func trainer(_ trainer: Trainer, logged record: TrainingRecord) throws(TrainingError)
    /// The validation loss is the best so far; without a validation part, whenever it would have been measured.
    func trainerImproved(_ trainer: Trainer) throws(TrainingError)
    /// A good moment to save everything: the state is sound, and a checkpoint of it is at its smallest.
    func trainerCanSave(_ trainer: Trainer) throws(TrainingError)
}
