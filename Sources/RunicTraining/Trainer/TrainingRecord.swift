/// One line of `log.jsonl`: at every fiftieth update, at every validation, and after every step that was left out.
public struct TrainingRecord: Sendable, Hashable, Codable {
    /// Updates done.
    public var step: Int
    /// Passes over the training text, with fraction.
    public var epoch: Double
    /// Symbols trained on.
    public var symbols: Int
    /// Seconds since the run started, over all its parts.
    public var seconds: Double
    /// Mean training loss since the line before, nats per symbol.
    public var trainNats: Double
    /// Loss on the validation part (its first 500,000 symbols, in parallel streams), nats per symbol; nil where it was not
    /// measured.
    public var validationNats: Double?
    public var learningRate: Double
    /// Norm of the last gradient before clipping.
    public var gradientNorm: Double
    /// Speed since the line before, validation not counted.
    public var symbolsPerSecond: Double
    /// The step that this line ends with was left out; nil in every other line.
    public var skipped: SkippedStep?
    /// Training went back after this step; nil in every other line.
    public var returned: Rollback?

    enum CodingKeys: String, CodingKey {
        case step, epoch, symbols, seconds, skipped, returned
        case trainNats = "train_nats"
        case validationNats = "validation_nats"
        case learningRate = "learning_rate"
        case gradientNorm = "gradient_norm"
        case symbolsPerSecond = "symbols_per_second"
    }
}
