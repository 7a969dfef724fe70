/// Different passages of a text, compared symbol by symbol.
struct PassageSet {
    private var slots = [UInt32](repeating: 0, count: 1024)
    private var hashes: [UInt64] = []
    private var passages: [Range<Int>] = []

    /// How many different passages there are.
    var count: Int { passages.count }

    /// A hash of the symbols of a passage.
    static func hash(_ passage: Range<Int>, of symbols: Span<UInt16>) -> UInt64 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        for index in passage { hash = (hash ^ UInt64(symbols[index])) &* 0xD6E8_FEB8_6659_FD93 }
        hash ^= hash >> 32
        hash = hash &* 0xD6E8_FEB8_6659_FD93
        return hash ^ hash >> 29
    }

    /// Whether there is such a passage. Constant time and the length of the passage.
    func contains(_ passage: Range<Int>, hash: UInt64, of symbols: Span<UInt16>) -> Bool {
        slots[place(passage, hash, symbols)] > 0
    }

    /// Adds a passage and returns whether it is new. Amortised constant time and the length of the passage.
    mutating func insert(_ passage: Range<Int>, hash: UInt64, of symbols: Span<UInt16>) -> Bool {
        var place = place(passage, hash, symbols)
        guard slots[place] == 0 else { return false }
        if (count + 1) * 2 > slots.count {
            slots = [UInt32](repeating: 0, count: slots.count * 2)
            for (index, hash) in hashes.enumerated() {
                var at = Int(truncatingIfNeeded: hash) & (slots.count - 1)
                while slots[at] > 0 { at = (at + 1) & (slots.count - 1) }
                slots[at] = UInt32(index + 1)
            }
            place = self.place(passage, hash, symbols)
        }
        hashes.append(hash)
        passages.append(passage)
        slots[place] = UInt32(count)
        return true
    }

    /// Where a passage is, or the free slot where it belongs.
    private func place(_ passage: Range<Int>, _ hash: UInt64, _ symbols: Span<UInt16>) -> Int {
        var at = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[at] > 0 {
            let index = Int(slots[at]) - 1
            if hashes[index] == hash && Self.areEqual(passages[index], passage, symbols) { break }
            at = (at + 1) & (slots.count - 1)
        }
        return at
    }

    private static func areEqual(_ left: Range<Int>, _ right: Range<Int>, _ symbols: Span<UInt16>) -> Bool {
        left.count == right.count
            && left.indices.allSatisfy { symbols[$0] == symbols[$0 - left.lowerBound + right.lowerBound] }
    }
}
