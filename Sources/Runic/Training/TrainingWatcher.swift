public import RunicEvaluation
public import RunicModel
public import RunicText
public import RunicTraining

/// Watches a run.
public protocol TrainingWatcher: AnyObject {
    /// Called once the text is read and the model made, before training begins.
    func begins(_ plan: TrainingPlan)
    /// Called after every update.
    func progresses(_ progress: TrainingProgress)
    /// Called after every line of the log.
    func logs(_ record: TrainingRecord)
}

/// The plan of a run, known once its text is read.
public struct TrainingPlan: Sendable {
    /// Cell and sizes of the model.
    public let configuration: ModelConfiguration
    /// The number of parameters.
    public let parameterCount: Int
    /// The settings of training.
    public let settings: TrainingSettings
    /// Statistics of the text.
    public let statistics: TextStatistics
    /// Each file, with the remarks of the stages on how it was read.
    public let files: [FileStatistics]
    /// The symbols of the text that the vocabulary leaves out, spelled or unknown.
    public let unseen: UnseenSymbols
    /// The unit that is one symbol.
    public let unit: TextUnit
    /// Whether the vocabulary spells what it lacks, so that a symbol may be several ids.
    public let isSpelled: Bool
    /// Symbols of the training, validation and test parts; every id of a spelled symbol counts.
    public let parts: [Int]
    /// Updates per pass over the training part.
    public let stepsPerEpoch: Int
    /// The model that the run starts from, and how many symbols of the text it lacks; nil for fresh parameters.
    public let finetuned: (model: String, newSymbols: Int)?
    /// Updates done before the run was resumed; 0 for a new run.
    public let stepsDone: Int
    /// Notices about the folder of a resumed run, one line each.
    public let remarks: [String]
    /// What was left out of the files and folders that were given, and what was given twice, one line each.
    public let textRemarks: [String]
    /// What is odd about text and settings, one line each: parts that are too small, settings without effect.
    public let warnings: [String]
}

/// The result of a run.
public struct TrainingSummary: Sendable {
    /// How the run ended.
    public let end: TrainingEnd
    /// Updates done.
    public let steps: Int
    /// Seconds of training, validation included, over all resumptions.
    public let seconds: Double
    /// Updates that were skipped because loss or gradient was not finite.
    public let skippedSteps: Int
    /// How often three skipped steps in a row made training roll back to a snapshot.
    public let returns: Int
    /// The factor that rolling back put on the learning rate; 1 if it never happened.
    public let rateFactor: Double
    /// The step whose model is in `best.runic`.
    public let bestStep: Int
    /// Losses of the best model on the validation part, in float32; nil for a part of fewer than two symbols, or if the
    /// loss is not finite.
    ///
    /// The measure is that of `TextModel.evaluate`: a code point of an unknown symbol costs 21 bits, which the losses of the
    /// log leave out. At most the first 4,000,000 symbols are scored, in parallel streams: `TextModel.evaluate` carries one
    /// state through the whole text and may differ in the fourth digit.
    public let validation: PartLoss?
    /// Losses of the best model on the test part, measured like ``validation``.
    public let test: PartLoss?
    /// The path of the best model.
    public let bestPath: String
    /// The path of the last model.
    public let lastPath: String
    /// The best model, read back from its file.
    public let model: TextModel
    /// What is odd about the result, one line each.
    public let warnings: [String]

    /// Validation loss in nats per symbol.
    public var validationNats: Double? { validation?.nats }
    /// Test loss in nats per symbol.
    public var testNats: Double? { test?.nats }
}
