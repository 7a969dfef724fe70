/// The loss in the validation part of an n-gram model of the training part: a trained model must beat it.
package struct HeldOutFigure: Encodable, Sendable, Hashable {
    /// Symbols of the training part that were counted.
    package let trainingSymbols: Int
    /// Symbols of the validation part that were predicted.
    package let validationSymbols: Int
    /// Bits a symbol with contexts of up to 0, 1, 2, … symbols.
    package let bits: [Double]

    /// The order with the fewest bits, and these.
    package var best: (order: Int, bits: Double) {
        let found = bits.enumerated().min { $0.element < $1.element }
        return (found?.offset ?? 0, found?.element ?? 0)
    }

    /// - Parameters:
    ///   - limit: the most symbols of the training part that are counted; a longer one is sampled in evenly spread ranges.
    ///   - scored: the same for the validation part.
    /// - Returns: nil where one of both parts is empty.
    package init?(
        of symbols: Span<UInt16>, parts: TextParts, vocabularySize: Int, highest: Int = 5, limit: Int = 1 << 22,
        scored: Int = 1 << 18
    ) {
        let training = RangeSample.sample(parts[.training], limit: limit)
        let validation = RangeSample.sample(parts[.validation], limit: scored)
        guard !training.isEmpty, !validation.isEmpty else { return nil }
        trainingSymbols = training.reduce(0) { $0 + $1.count }
        let count = validation.reduce(0) { $0 + $1.count }
        validationSymbols = count
        let model = BackoffModel(of: symbols, in: training, highest: highest, vocabularySize: vocabularySize)
        bits = model.bits(of: symbols, in: validation).map { $0 / Double(count) }
    }

    private enum CodingKeys: String, CodingKey {
        case bits
        case trainingSymbols = "training_symbols"
        case validationSymbols = "validation_symbols"
    }
}
