public import RunicTraining

/// Who watches a run.
public protocol TrainingWatcher: AnyObject {
    /// The text is read and the model made; training begins.
    func begins(_ plan: TrainingPlan)
    /// After every update.
    func progresses(_ progress: TrainingProgress)
    /// A line went to the log.
    func logs(_ record: TrainingRecord)
}
