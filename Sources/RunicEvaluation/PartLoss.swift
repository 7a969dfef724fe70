/// How well a model predicts one part of the text; the figures are those of ``EvaluationReport``.
public struct PartLoss: Sendable, Hashable {
    /// Mean loss of the predicted symbols, all but the part's first, in nats.
    public let nats: Double
    /// The mean of −log p alone, in nats: what training minimises. ``nats`` adds the code points of unknown symbols.
    public let predictedNats: Double
    /// e to ``nats``; nil if it overflows.
    public let perplexity: Double?
    /// Total bits over the grapheme clusters of the part.
    public let bitsPerCharacter: Double?
    /// Symbols of the part, the first included; every id of a spelled symbol counts.
    public let symbols: Int
    /// Those that the vocabulary neither has nor spells.
    public let unknownSymbols: Int

    /// - Parameters:
    ///   - predictedNats: the sum of −log p over all symbols of the part but the first, in nats.
    ///   - symbols: symbols of the part, the first included.
    ///   - vocabularySize: V.
    /// - Returns: nil if the part predicts nothing or the loss is not finite.
    package init?(predictedNats: Double, symbols: Int, vocabularySize: Int, size: PartSize) {
        let account = LossAccount(
            predictedNats: predictedNats, symbols: symbols, vocabularySize: vocabularySize,
            unknownCodePoints: size.unknownCodePoints, firstSymbolUnknownCodePoints: size.firstSymbolUnknownCodePoints)
        guard let nats = account.natsPerSymbol else { return nil }
        self.nats = nats
        self.predictedNats = predictedNats / Double(symbols - 1)
        perplexity = account.perplexity
        bitsPerCharacter = account.bits(per: Double(symbols) * size.charactersPerSymbol)
        self.symbols = symbols
        unknownSymbols = size.unknownSymbols
    }

    /// The fraction of the part's symbols that are unknown, 0 to 1.
    public var unknownFraction: Double { Double(unknownSymbols) / Double(max(symbols, 1)) }
}

extension PartLoss: Codable {
    enum CodingKeys: String, CodingKey {
        case nats, perplexity, symbols
        case predictedNats = "predicted_nats"
        case bitsPerCharacter = "bits_per_character"
        case unknownSymbols = "unknown_symbols"
    }

    /// Reads a loss; files of version 0.1.0 lack the counts and ``predictedNats``.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        nats = try values.decode(Double.self, forKey: .nats)
        predictedNats = try values.decodeIfPresent(Double.self, forKey: .predictedNats) ?? nats
        perplexity = try values.decodeIfPresent(Double.self, forKey: .perplexity)
        bitsPerCharacter = try values.decodeIfPresent(Double.self, forKey: .bitsPerCharacter)
        symbols = try values.decodeIfPresent(Int.self, forKey: .symbols) ?? 0
        unknownSymbols = try values.decodeIfPresent(Int.self, forKey: .unknownSymbols) ?? 0
    }
}

/// Characters and unknown symbols of a part of the text.
package struct PartSize: Sendable, Hashable {
    /// Grapheme clusters of the normalised text per id: 1 if ids are grapheme clusters and none is spelled.
    package var charactersPerSymbol: Double
    /// Symbols that the vocabulary neither has nor spells.
    package var unknownSymbols: Int
    /// Code points in those.
    package var unknownCodePoints: Int
    /// Code points of the part's first symbol if it is one of those, else 0.
    package var firstSymbolUnknownCodePoints: Int

    /// - Precondition: the ratio is positive and no count is negative.
    package init(
        charactersPerSymbol: Double = 1, unknownSymbols: Int = 0, unknownCodePoints: Int = 0,
        firstSymbolUnknownCodePoints: Int = 0
    ) {
        precondition(
            charactersPerSymbol > 0 && unknownSymbols >= 0 && firstSymbolUnknownCodePoints >= 0
                && unknownCodePoints >= firstSymbolUnknownCodePoints,
            "\(charactersPerSymbol) characters a symbol, \(unknownSymbols) unknown symbols of \(unknownCodePoints) "
                + "code points, \(firstSymbolUnknownCodePoints) of them in the first")
        self.charactersPerSymbol = charactersPerSymbol
        self.unknownSymbols = unknownSymbols
        self.unknownCodePoints = unknownCodePoints
        self.firstSymbolUnknownCodePoints = firstSymbolUnknownCodePoints
    }
}
