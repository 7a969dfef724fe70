internal import Foundation

/// What a text costs under a model, and the figures that follow from it.
///
/// The cost has three parts: what the model pays for the symbols it predicts, all but the first; log₂ V bits for the
/// first; and ``bitsPerUnknownCodePoint`` bits for each code point inside a symbol that the vocabulary lacks, because
/// the model's probability of *unknown* says that there is one, not which. The last part is in every figure, so that a
/// small vocabulary cannot look good by knowing little.
package struct LossAccount: Sendable, Hashable {
    /// The sum of −log p over the predicted symbols, in nats.
    package var predictedNats: Double
    /// Symbols of the text, the first one included.
    package var symbols: Int
    /// V.
    package var vocabularySize: Int
    /// Code points in unknown symbols, the first symbol's included.
    package var unknownCodePoints: Int
    /// Code points of the first symbol where it is unknown: they are in the bit figures only, as that symbol is.
    package var firstSymbolUnknownCodePoints: Int

    /// What names one of Unicode's 1,114,112 code points.
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

    /// Mean cost of a predicted symbol, in nats; nil where nothing is predicted or the mean is not finite.
    package var natsPerSymbol: Double? {
        guard symbols > 1 else { return nil }
        let spelled = Double(unknownCodePoints - firstSymbolUnknownCodePoints) * Self.bitsPerUnknownCodePoint
        return ((predictedNats + spelled * log(2.0)) / Double(symbols - 1)).finite
    }

    /// The cost of the whole text, in bits; nil where the text is empty or the cost is not finite.
    package var bits: Double? {
        guard symbols > 0 else { return nil }
        let spelled = Double(unknownCodePoints) * Self.bitsPerUnknownCodePoint
        return (predictedNats / log(2.0) + log2(Double(vocabularySize)) + spelled).finite
    }

    /// e to the mean cost; nil as ``natsPerSymbol``, and where it is too large for a number.
    package var perplexity: Double? { natsPerSymbol.flatMap { exp($0).finite } }

    /// The cost of the whole text over a number of units, in bits; nil as ``bits``, and where there are no units.
    package func bits(per units: Double) -> Double? {
        guard units > 0 else { return nil }
        return bits.flatMap { ($0 / units).finite }
    }
}
