/// How a run stands after an update, for a progress line.
public struct TrainingProgress: Sendable, Hashable {
    public var step: Int
    public var epoch: Double
    public var symbols: Int
    public var seconds: Double
    /// Mean training loss of the last updates, nats per symbol.
    public var trainNats: Double
    /// The last and the best validation loss so far, nats per symbol.
    public var validationNats: Double?
    public var bestValidationNats: Double?
    public var learningRate: Double
    public var symbolsPerSecond: Double
    /// How much of the run is over, 0 to 1.
    public var fraction: Double
    /// Seconds to go, by the speed so far.
    public var secondsLeft: Double
}
