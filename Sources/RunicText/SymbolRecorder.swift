/// Numbers symbols as they are first seen, counts them, and keeps the numbers while they fit two bytes.
struct SymbolRecorder: SymbolConsumer {
    private(set) var table = SymbolTable()
    private(set) var counts: [Int] = []
    private(set) var identifiers: [UInt16] = []
    private(set) var symbolCount = 0
    /// Whether `identifiers` has every symbol: false once there were too many different ones.
    private(set) var isComplete: Bool

    /// A recorder that keeps numbers if `keepsIdentifiers`, with room for `capacity` of them.
    init(keepsIdentifiers: Bool, capacity: Int = 0) {
        isComplete = keepsIdentifiers
        identifiers.reserveCapacity(capacity)
    }

    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>) {
        symbolCount += ends.count
        var start = start
        for k in 0..<ends.count {
            let end = base + Int(ends[k])
            let index = table.insert(bytes, start..<end)
            if index == counts.count { counts.append(0) }
            counts[index] += 1
            if isComplete { identifiers.append(UInt16(truncatingIfNeeded: index)) }
            start = end
        }
        if isComplete && counts.count > Vocabulary.maximumCount {
            isComplete = false
            identifiers = []
        }
    }

    /// Takes the numbers out.
    mutating func takeIdentifiers() -> [UInt16] {
        var taken: [UInt16] = []
        swap(&taken, &identifiers)
        return taken
    }
}
