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
