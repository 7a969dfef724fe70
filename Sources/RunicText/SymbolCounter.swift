/// Counts symbols and keeps nothing of them.
struct SymbolCounter: SymbolConsumer {
    private(set) var symbolCount = 0

    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>) {
        symbolCount += ends.count
    }

    mutating func consume(_ bytes: Span<UInt8>, each range: Range<Int>) { symbolCount += range.count }
}
