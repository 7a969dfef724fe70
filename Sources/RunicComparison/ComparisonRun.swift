public import RunicEvaluation

/// One model trained with one seed, and how well its best parameters predict.
///
/// The figures are those of the parameters with the lowest validation loss during training; without a validation part, of
/// the last parameters. A figure is nil if the part is missing or the figure is not finite.
public struct ComparisonRun: Sendable, Hashable, Codable {
    /// How a run ended.
    public enum End: String, Sendable, Hashable, Codable {
        /// All epochs are done.
        case finished
        /// The time limit was reached.
        case timeIsUp = "time is up"
        /// As many validations as early stopping allows brought no improvement.
        case noImprovement = "no improvement"
        /// The user stopped it: it is listed, but counts in no mean or difference.
        case interrupted
        /// The loss was no longer finite, or ended far above that of guessing: it is listed, but counts in no mean or difference.
        case diverged
    }

    /// The cell's name.
    public let cell: String
    /// L, the number of layers.
    public let layers: Int
    /// H, hidden units per layer.
    public let hidden: Int
    /// D, the width of the embedding.
    public let embedding: Int
    /// The number of parameters.
    public let parameters: Int
    /// The seed of the run.
    public let seed: UInt64
    /// How training ended.
    public let end: End
    /// Updates done.
    public let steps: Int
    /// Updates up to the best parameters.
    public let bestStep: Int
    /// Symbols trained on.
    public let symbols: Int
    /// Seconds of training and validation.
    public let seconds: Double
    /// Speed of training, validation excluded.
    public let symbolsPerSecond: Double?
    /// Losses on the validation part.
    public let validation: PartLoss?
    /// Losses on the test part.
    public let test: PartLoss?

    /// Whether the run counts in means and differences.
    public var isComplete: Bool { end == .finished || end == .timeIsUp || end == .noImprovement }

    enum CodingKeys: String, CodingKey {
        case cell, layers, hidden, embedding, parameters, seed, end, steps, symbols, seconds, validation, test
        case bestStep = "best_step"
        case symbolsPerSecond = "symbols_per_second"
    }
}

/// A run and the losses of its model on each block of the compared part.
struct ScoredRun: Sendable, Hashable {
    let run: ComparisonRun
    /// Mean loss of each block, in nats per symbol; the same blocks for every model.
    let blocks: [Double]
}
