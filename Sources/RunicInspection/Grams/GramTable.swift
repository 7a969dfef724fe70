/// Counts of sequences of symbols, each a shorter sequence and one symbol more: exact, by open addressing.
struct GramTable {
    /// The node of a sequence that does not occur.
    static let absent = UInt32.max

    /// Two words a slot: parent · 2¹⁶ + symbol + 1, or 0 for a free slot; count · 2³² + node.
    private var slots = [UInt64](repeating: 0, count: 2 * 1024)
    /// How many different sequences there are; they are the nodes 0..<count.
    private(set) var count = 0

    private static func key(_ parent: UInt32, _ symbol: UInt16) -> UInt64 {
        (UInt64(parent) << 16 | UInt64(symbol)) + 1
    }

    private static func place(_ key: UInt64, _ capacity: Int) -> Int {
        let mixed = key &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: (mixed ^ mixed >> 32) & UInt64(capacity - 1))
    }

    /// Counts the sequence of node `parent` and `symbol`, and gives its node. Amortised constant time.
    mutating func add(_ parent: UInt32, _ symbol: UInt16) -> UInt32 {
        let key = Self.key(parent, symbol)
        var at = Self.place(key, slots.count / 2)
        while true {
            let found = slots[2 * at]
            if found == key {
                slots[2 * at + 1] += 1 << 32
                return UInt32(truncatingIfNeeded: slots[2 * at + 1])
            }
            if found == 0 { break }
            at = (at + 1) & (slots.count / 2 - 1)
        }
        if (count + 1) * 3 > slots.count {
            grow()
            at = free(key)
        }
        let node = UInt32(count)
        slots[2 * at] = key
        slots[2 * at + 1] = 1 << 32 | UInt64(node)
        count += 1
        return node
    }

    /// How often a sequence occurs and its node; 0 and ``absent`` where it does not. Constant time.
    func find(_ parent: UInt32, _ symbol: UInt16) -> (count: Int, node: UInt32) {
        let key = Self.key(parent, symbol)
        var at = Self.place(key, slots.count / 2)
        while slots[2 * at] != 0 {
            if slots[2 * at] == key {
                let value = slots[2 * at + 1]
                return (Int(value >> 32), UInt32(truncatingIfNeeded: value))
            }
            at = (at + 1) & (slots.count / 2 - 1)
        }
        return (0, Self.absent)
    }

    /// Calls `body` with the parent of every sequence and its count. Linear in the different sequences.
    func forEach(_ body: (_ parent: Int, _ count: Int) -> Void) {
        for at in 0..<slots.count / 2 where slots[2 * at] != 0 {
            body(Int((slots[2 * at] - 1) >> 16), Int(slots[2 * at + 1] >> 32))
        }
    }

    private func free(_ key: UInt64) -> Int {
        var at = Self.place(key, slots.count / 2)
        while slots[2 * at] != 0 { at = (at + 1) & (slots.count / 2 - 1) }
        return at
    }

    private mutating func grow() {
        var old = [UInt64](repeating: 0, count: slots.count * 2)
        swap(&old, &slots)
        for at in 0..<old.count / 2 where old[2 * at] != 0 {
            let place = free(old[2 * at])
            slots[2 * place] = old[2 * at]
            slots[2 * place + 1] = old[2 * at + 1]
        }
    }
}
