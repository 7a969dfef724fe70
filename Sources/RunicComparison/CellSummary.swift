public import RunicEvaluation

/// One cell over all its complete runs. A spread is nil if no complete run has that figure.
public struct CellSummary: Sendable, Hashable, Codable {
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
    /// The number of complete runs.
    public let completeRuns: Int
    /// The number of runs that diverged.
    public let divergedRuns: Int
    /// Symbols trained on per second, validation excluded.
    public let symbolsPerSecond: Spread?
    /// Validation loss, in nats per symbol.
    public let validationNats: Spread?
    /// Validation perplexity: the mean of the runs' perplexities.
    public let validationPerplexity: Spread?
    /// Validation bits per character.
    public let validationBitsPerCharacter: Spread?
    /// Test loss, in nats per symbol.
    public let testNats: Spread?
    /// Test perplexity: the mean of the runs' perplexities.
    public let testPerplexity: Spread?
    /// Test bits per character.
    public let testBitsPerCharacter: Spread?

    /// - Returns: nil if there are no runs.
    init?(_ runs: [ComparisonRun]) {
        guard let first = runs.first else { return nil }
        let complete = runs.filter(\.isComplete)
        func spread(_ figure: (ComparisonRun) -> Double?) -> Spread? { Spread(complete.compactMap(figure)) }
        cell = first.cell
        layers = first.layers
        hidden = first.hidden
        embedding = first.embedding
        parameters = first.parameters
        completeRuns = complete.count
        divergedRuns = runs.count { $0.end == .diverged }
        symbolsPerSecond = spread(\.symbolsPerSecond)
        validationNats = spread { $0.validation?.nats }
        validationPerplexity = spread { $0.validation?.perplexity }
        validationBitsPerCharacter = spread { $0.validation?.bitsPerCharacter }
        testNats = spread { $0.test?.nats }
        testPerplexity = spread { $0.test?.perplexity }
        testBitsPerCharacter = spread { $0.test?.bitsPerCharacter }
    }

    enum CodingKeys: String, CodingKey {
        case cell, layers, hidden, embedding, parameters
        case completeRuns = "complete_runs"
        case divergedRuns = "diverged_runs"
        case symbolsPerSecond = "symbols_per_second"
        case validationNats = "validation_nats"
        case validationPerplexity = "validation_perplexity"
        case validationBitsPerCharacter = "validation_bits_per_character"
        case testNats = "test_nats"
        case testPerplexity = "test_perplexity"
        case testBitsPerCharacter = "test_bits_per_character"
    }
}
