public import RunicEvaluation

/// One model trained with one seed, and how well its best parameters predict.
///
/// The figures are those of the parameters with the lowest validation loss seen during training; without a validation
/// part, of the last ones. A figure is nil where there is no such part of the text or the figure is not finite.
public struct ComparisonRun: Sendable, Hashable, Codable {
    /// How a run ended.
    public enum End: String, Sendable, Hashable, Codable {
        case finished
        case timeIsUp = "time is up"
        /// The user stopped it: it is listed, and in no mean and no difference.
        case interrupted
        /// The loss was no longer a number: it is listed, and in no mean and no difference.
        case diverged
    }

    /// The cell's name.
    public let cell: String
    /// L.
    public let layers: Int
    /// H.
    public let hidden: Int
    /// D.
    public let embedding: Int
    /// The number of parameters.
    public let parameters: Int
    /// The seed.
    public let seed: UInt64
    /// How training ended.
    public let end: End
    /// Updates done.
    public let steps: Int
    /// Updates after which the parameters were best.
    public let bestStep: Int
    /// Symbols trained on.
    public let symbols: Int
    /// Seconds of training and validation.
    public let seconds: Double
    /// Speed of training, validation not counted.
    public let symbolsPerSecond: Double?
    /// The validation part.
    public let validation: PartLoss?
    /// The test part.
    public let test: PartLoss?

    /// Whether the run counts in means and differences.
    public var isComplete: Bool { end == .finished || end == .timeIsUp }

    enum CodingKeys: String, CodingKey {
        case cell, layers, hidden, embedding, parameters, seed, end, steps, symbols, seconds, validation, test
        case bestStep = "best_step"
        case symbolsPerSecond = "symbols_per_second"
    }
}
