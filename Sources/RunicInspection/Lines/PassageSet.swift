/// Different pieces of a text, compared symbol by symbol.
struct PassageSet {
    private var slots = [UInt32](repeating: 0, count: 1024)
    private var hashes: [UInt64] = []
    private var pieces: [Range<Int>] = []

    /// How many different pieces there are.
    var count: Int { pieces.count }

    /// A hash of the symbols of a piece.
    static func hash(_ piece: Range<Int>, of symbols: Span<UInt16>) -> UInt64 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        for index in piece { hash = (hash ^ UInt64(symbols[index])) &* 0xD6E8_FEB8_6659_FD93 }
        hash ^= hash >> 32
        hash = hash &* 0xD6E8_FEB8_6659_FD93
        return hash ^ hash >> 29
    }

    /// Whether there is such a piece. Constant time and the length of the piece.
    func contains(_ piece: Range<Int>, hash: UInt64, of symbols: Span<UInt16>) -> Bool {
        slots[place(piece, hash, symbols)] > 0
    }

    /// Adds a piece, and tells whether it is new. Amortised constant time and the length of the piece.
    mutating func insert(_ piece: Range<Int>, hash: UInt64, of symbols: Span<UInt16>) -> Bool {
        var place = place(piece, hash, symbols)
        guard slots[place] == 0 else { return false }
        if (count + 1) * 2 > slots.count {
            slots = [UInt32](repeating: 0, count: slots.count * 2)
            for (index, hash) in hashes.enumerated() {
                var at = Int(truncatingIfNeeded: hash) & (slots.count - 1)
                while slots[at] > 0 { at = (at + 1) & (slots.count - 1) }
                slots[at] = UInt32(index + 1)
            }
            place = self.place(piece, hash, symbols)
        }
        hashes.append(hash)
        pieces.append(piece)
        slots[place] = UInt32(count)
        return true
    }

    /// Where a piece is, or the free slot where it belongs.
    private func place(_ piece: Range<Int>, _ hash: UInt64, _ symbols: Span<UInt16>) -> Int {
        var at = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[at] > 0 {
            let index = Int(slots[at]) - 1
            if hashes[index] == hash && Self.areEqual(pieces[index], piece, symbols) { break }
            at = (at + 1) & (slots.count - 1)
        }
        return at
    }

    private static func areEqual(_ left: Range<Int>, _ right: Range<Int>, _ symbols: Span<UInt16>) -> Bool {
        left.count == right.count
            && left.indices.allSatisfy { symbols[$0] == symbols[$0 - left.lowerBound + right.lowerBound] }
    }
}
