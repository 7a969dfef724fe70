/// Takes the symbols of a corpus, and may look at the original bytes.
package protocol SymbolConsumer {
    /// The number of symbols taken so far.
    var symbolCount: Int { get }

    /// Takes adjacent symbols: the first begins at `start`, and each ends at `base` + its element of `ends`, where the next one
    /// begins.
    ///
    /// - Parameter values: for each symbol its code point, or `Segmenter.several`; for the unit `byte`, the byte.
    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>)

    /// Takes symbols of one byte each.
    mutating func consume(_ bytes: Span<UInt8>, each range: Range<Int>)

    /// Takes the next original bytes of the file at `path`, before their symbols.
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

/// Keeps every symbol.
struct SymbolCollector: SymbolConsumer {
    private(set) var symbols: [Symbol] = []

    var symbolCount: Int { symbols.count }

    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>) {
        var start = start
        for k in 0..<ends.count {
            let end = base + Int(ends[k])
            symbols.append(Symbol((start..<end).map { bytes[$0] }))
            start = end
        }
    }
}

/// Counts symbols and keeps nothing of them.
package struct SymbolCounter: SymbolConsumer {
    package private(set) var symbolCount = 0

    package init() {}

    package mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>)
    {
        symbolCount += ends.count
    }

    package mutating func consume(_ bytes: Span<UInt8>, each range: Range<Int>) { symbolCount += range.count }
}
