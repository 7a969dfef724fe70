public import RunicTraining

/// How a run went.
public struct TrainingSummary: Sendable {
    public let end: TrainingEnd
    public let steps: Int
    public let seconds: Double
    /// Updates whose loss or gradient was not a number; they were left out.
    public let skippedSteps: Int
    /// How often three such steps in a row took training back to its good point, and what that made of the learning rate.
    public let returns: Int
    public let rateFactor: Double
    /// The step whose model is in `best.runic`.
    public let bestStep: Int
    /// Losses of the best model in float32 over the whole parts, nats per symbol; nil where a part is empty. Scored in
    /// parallel streams: `TextModel.evaluate` carries one state through and may differ in the fourth digit.
    public let validationNats: Double?
    public let testNats: Double?
    public let bestPath: String
    public let lastPath: String
}
