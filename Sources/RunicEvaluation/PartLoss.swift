/// How well a model predicts one part of the text; the figures are those of ``EvaluationReport``.
public struct PartLoss: Sendable, Hashable, Codable {
    /// Mean loss of the predicted symbols, all but the part's first, in nats.
    public let nats: Double
    /// e to ``nats``; nil where it is too large for a number.
    public let perplexity: Double?
    /// Total bits over the grapheme clusters of the part.
    public let bitsPerCharacter: Double?

    /// - Returns: nil where the part predicts nothing or the loss is not finite.
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
