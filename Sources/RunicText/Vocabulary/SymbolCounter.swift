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
