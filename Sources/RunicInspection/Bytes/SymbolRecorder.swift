internal import RunicText

/// Numbers symbols as they are first seen, and counts them.
package struct SymbolRecorder: SymbolConsumer {
    private(set) var table = SymbolTable()
    private(set) var counts: [Int] = []
    package private(set) var symbolCount = 0

    package mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>)
    {
        symbolCount += ends.count
        var start = start
        for k in 0..<ends.count {
            let end = base + Int(ends[k])
            let index = table.insert(bytes, start..<end)
            if index == counts.count { counts.append(0) }
            counts[index] += 1
            start = end
        }
    }
}
