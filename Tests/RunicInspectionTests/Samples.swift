import RunicText

@testable import RunicInspection

/// Texts that are made from a formula.
enum Samples {
    /// Symbols 0..<kinds in an order that looks like chance.
    static func symbols(_ count: Int, kinds: Int, seed: UInt64 = 1) -> [UInt16] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let (a, b) = (Int(state >> 33) % kinds, Int(state >> 45) % kinds)
            return UInt16(min(a, b))
        }
    }

    /// A text as code points, and its vocabulary.
    static func encoded(_ text: String, unit: TextUnit = .grapheme) throws -> ([UInt16], Vocabulary) {
        let pipeline = try TextPipeline(PipelineDescription(unit: unit, normalization: .none, newlines: .keep))
        let symbols = try pipeline.symbols(of: Array(text.utf8))
        let vocabulary = try Vocabulary(
            unit: unit, symbols: Set(symbols).sorted(), unknown: nil)
        return (symbols.compactMap { vocabulary.identifier(of: $0).map { UInt16($0) } }, vocabulary)
    }
}
