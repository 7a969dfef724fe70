/// What takes the symbols of a corpus, and may look at the original bytes.
package protocol SymbolConsumer {
    /// How many symbols it has taken.
    var symbolCount: Int { get }

    /// Takes symbols that lie one after the other: the first begins at `start`, each ends at `base` + its element
    /// of `ends`, where the next one begins.
    ///
    /// - Parameter values: of each symbol the code point that it consists of, or `Segmenter.several`; for the unit `byte`
    ///   the byte.
    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>)

    /// Takes symbols of one byte each.
    mutating func consume(_ bytes: Span<UInt8>, each range: Range<Int>)

    /// Takes the next bytes of the file at `path` as they are on disk, before their symbols.
    mutating func examine(_ original: Span<UInt8>, path: String) throws(TextError)

    /// Ends the file at `path`.
    mutating func finish(path: String) throws(TextError)
}

extension SymbolConsumer {
    package mutating func consume(_ bytes: Span<UInt8>, each range: Range<Int>) {
        let ends = range.indices.map { UInt32(truncatingIfNeeded: $0 - range.lowerBound + 1) }
        let values = range.map { UInt32(bytes[$0]) }
        consume(bytes, start: range.lowerBound, base: range.lowerBound, ends: ends.span, values: values.span)
    }

    package mutating func examine(_ original: Span<UInt8>, path: String) throws(TextError) {}
    package mutating func finish(path: String) throws(TextError) {}
}
