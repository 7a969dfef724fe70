/// A line of `log.jsonl`: written at every fiftieth update, at every validation and after every skipped step.
public struct TrainingRecord: Sendable, Hashable, Codable {
    /// Updates done.
    public var step: Int
    /// Passes over the training text, including the fraction of the current one.
    public var epoch: Double
    /// Symbols trained on.
    public var symbols: Int
    /// Seconds of training and validation since the start of the run, interruptions excluded.
    public var seconds: Double
    /// The mean training loss since the line before, in nats per symbol.
    public var trainNats: Double
    /// The loss on the first 500,000 symbols of the validation part, read in parallel streams, in nats per symbol; nil if not
    /// measured. It is the mean of −log p, which training minimises: an unknown symbol costs what *unknown* does, without the
    /// 21 bits a code point that the final losses charge.
    public var validationNats: Double?
    /// The learning rate of the last update.
    public var learningRate: Double
    /// The norm of the last gradient before clipping.
    public var gradientNorm: Double
    /// The speed since the line before, validation excluded.
    public var symbolsPerSecond: Double
    /// The skipped step that this line ends with; nil in every other line.
    public var skipped: SkippedStep?
    /// The rollback after this step; nil in every other line.
    public var rollback: Rollback?

    enum CodingKeys: String, CodingKey {
        case step, epoch, symbols, seconds, skipped
        case trainNats = "train_nats"
        case validationNats = "validation_nats"
        case learningRate = "learning_rate"
        case gradientNorm = "gradient_norm"
        case symbolsPerSecond = "symbols_per_second"
        case rollback = "returned"
    }
}

/// A step that was skipped because its loss or gradient was not finite, with the place of its batch in the text.
public struct SkippedStep: Sendable, Hashable, Codable {
    /// The index of the first symbol that each row of the batch read, counted from the first symbol of the text.
    public var batch: [Int]
    /// The number of symbols that each row read, including the last predicted one.
    public var symbols: Int
    /// The loss in nats per symbol. It or the norm of the gradient is not finite.
    public var loss: Double
    /// The norm of the gradient before clipping.
    public var gradientNorm: Double

    enum CodingKeys: String, CodingKey {
        case batch, symbols, loss
        case gradientNorm = "gradient_norm"
    }
}

/// The return to a snapshot after several skipped steps in a row.
public struct Rollback: Sendable, Hashable, Codable {
    /// The update after which the restored parameters were current; reading continues from the present place in the text.
    public var step: Int
    /// The factor of the learning rate from now on.
    public var rateFactor: Double

    enum CodingKeys: String, CodingKey {
        case step
        case rateFactor = "rate_factor"
    }
}
