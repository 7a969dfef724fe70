internal import Foundation

/// The cost of a text under a model, and the figures that follow from it.
///
/// The cost has three parts: −log p of the predicted symbols, all but the first; log₂ V bits for the first; and
/// ``bitsPerUnknownCodePoint`` bits for each code point in a symbol that the vocabulary lacks, because the probability of
/// *unknown* does not say which symbol it is. The last part is in every figure, so that a small vocabulary gains nothing
/// by knowing little.
package struct LossAccount: Sendable, Hashable {
    /// The sum of −log p over the predicted symbols, in nats.
    package var predictedNats: Double
    /// Symbols of the text, the first included.
    package var symbols: Int
    /// V, the size of the vocabulary.
    package var vocabularySize: Int
    /// Code points in unknown symbols, the first symbol's included.
    package var unknownCodePoints: Int
    /// Code points of the first symbol if it is unknown; like that symbol, they count in the bit figures only.
    package var firstSymbolUnknownCodePoints: Int

    /// Bits that select one of Unicode's 1,114,112 code points.
    package static let bitsPerUnknownCodePoint = 21.0

    package init(
        predictedNats: Double, symbols: Int, vocabularySize: Int, unknownCodePoints: Int = 0,
        firstSymbolUnknownCodePoints: Int = 0
    ) {
        self.predictedNats = predictedNats
        self.symbols = symbols
        self.vocabularySize = vocabularySize
        self.unknownCodePoints = unknownCodePoints
        self.firstSymbolUnknownCodePoints = firstSymbolUnknownCodePoints
    }

    /// Mean cost of a predicted symbol, in nats; nil if nothing is predicted or the mean is not finite.
    package var natsPerSymbol: Double? {
        guard symbols > 1 else { return nil }
        let spelled = Double(unknownCodePoints - firstSymbolUnknownCodePoints) * Self.bitsPerUnknownCodePoint
        return ((predictedNats + spelled * log(2.0)) / Double(symbols - 1)).finite
    }

    /// The cost of the whole text, in bits; nil if the text is empty or the cost is not finite.
    package var bits: Double? {
        guard symbols > 0 else { return nil }
        let spelled = Double(unknownCodePoints) * Self.bitsPerUnknownCodePoint
        return (predictedNats / log(2.0) + log2(Double(vocabularySize)) + spelled).finite
    }

    /// e to the mean cost; nil like ``natsPerSymbol``, and if it overflows.
    package var perplexity: Double? { natsPerSymbol.flatMap { exp($0).finite } }

    /// Bits of the whole text per unit; nil like ``bits``, and if there are no units.
    package func bits(per units: Double) -> Double? {
        guard units > 0 else { return nil }
        return bits.flatMap { ($0 / units).finite }
    }
}
