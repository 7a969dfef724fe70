public import RunicModel
public import RunicText
public import RunicTraining

/// What a run is about to do, once its text is read.
public struct TrainingPlan: Sendable {
    public let configuration: ModelConfiguration
    public let parameterCount: Int
    public let settings: TrainingSettings
    /// What was read.
    public let statistics: TextStatistics
    /// Symbols of the training, validation and test parts.
    public let parts: [Int]
    public let stepsPerEpoch: Int
    /// The model that the run started from, and the symbols of the text that it did not have; nil: fresh parameters.
    public let finetuned: (model: String, newSymbols: Int)?
    /// Updates done by an earlier part of the run.
    public let stepsDone: Int
    /// What was found in the folder of a resumed run that its user should know, one line each.
    public let remarks: [String]
}
