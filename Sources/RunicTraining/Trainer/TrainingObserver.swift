/// The receiver of a trainer's progress, log lines and moments to save.
package protocol TrainingObserver: AnyObject {
    /// Called after every update.
    func trainer(_ trainer: Trainer, did progress: TrainingProgress)
    /// Called with every line for the log.
    func trainer(_ trainer: Trainer, logged record: TrainingRecord) throws(TrainingError)
    /// Called when the validation loss is the best so far; without a validation part, at every validation.
    func trainerImproved(_ trainer: Trainer) throws(TrainingError)
    /// Called at good moments to save: the state is finite, and its checkpoint is smallest.
    func trainerCanSave(_ trainer: Trainer) throws(TrainingError)
}

/// The progress of a run after an update.
public struct TrainingProgress: Sendable, Hashable {
    /// Updates done.
    public var step: Int
    /// Passes over the training text, including the fraction of the current one.
    public var epoch: Double
    /// Symbols trained on.
    public var symbols: Int
    /// Seconds of training and validation.
    public var seconds: Double
    /// The moving average of the training loss, in nats per symbol.
    public var trainNats: Double
    /// The last validation loss, in nats per symbol; nil before the first validation.
    public var validationNats: Double?
    /// The best validation loss, in nats per symbol; nil before the first validation.
    public var bestValidationNats: Double?
    /// The learning rate of the last update.
    public var learningRate: Double
    /// The mean speed of the run.
    public var symbolsPerSecond: Double
    /// The finished fraction of the run, 0 to 1.
    public var fraction: Double
    /// Seconds left, estimated from the speed so far.
    public var secondsLeft: Double
}

/// How a run ended.
public enum TrainingEnd: String, Sendable, Codable {
    case finished
    case timeIsUp = "time is up"
    /// As many validations in a row brought no new best loss as ``TrainingSettings/earlyStop`` allows.
    case noImprovement = "no improvement"
    case interrupted
}
