/// How well a model predicts one part of the text; the figures are those of ``EvaluationReport``.
public struct PartLoss: Sendable, Hashable, Codable {
    /// Mean loss of the predicted symbols, all but the part's first, in nats.
    public let nats: Double
    /// e to ``nats``; nil if it overflows.
    public let perplexity: Double?
    /// Total bits over the grapheme clusters of the part.
    public let bitsPerCharacter: Double?

    /// - Returns: nil if the part predicts nothing or the loss is not finite.
    package init?(_ account: LossAccount, charactersPerSymbol: Double) {
        guard let nats = account.natsPerSymbol else { return nil }
        self.nats = nats
        perplexity = account.perplexity
        bitsPerCharacter = account.bits(per: Double(account.symbols) * charactersPerSymbol)
    }

    enum CodingKeys: String, CodingKey {
        case nats, perplexity
        case bitsPerCharacter = "bits_per_character"
    }
}

/// Characters and unknown code points of a part of the text, for bits per character.
package struct PartSize: Sendable, Hashable {
    /// Grapheme clusters of the normalised text per id: 1 if ids are grapheme clusters and none is spelled.
    package var charactersPerSymbol: Double
    /// Code points in symbols that the vocabulary lacks, on the assumption that the first symbol is not one of them.
    package var unknownCodePoints: Int

    /// - Precondition: the ratio is positive and the count is not negative.
    package init(charactersPerSymbol: Double = 1, unknownCodePoints: Int = 0) {
        precondition(
            charactersPerSymbol > 0 && unknownCodePoints >= 0,
            "\(charactersPerSymbol) characters a symbol, \(unknownCodePoints) unknown code points")
        self.charactersPerSymbol = charactersPerSymbol
        self.unknownCodePoints = unknownCodePoints
    }
}
