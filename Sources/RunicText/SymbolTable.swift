/// Numbers byte strings in the order in which they are first met, and finds their numbers again.
///
/// An open-addressed table; the bytes lie one after the other in `arena`.
struct SymbolTable: Sendable {
    private var single = [Int32](repeating: -1, count: 256)
    private var slots = [Int32](repeating: -1, count: 256)
    private var hashes: [UInt64] = []
    private var arena: [UInt8] = []
    private var starts: [Int] = [0]

    /// How many byte strings there are.
    var count: Int { hashes.count }

    /// The bytes of number `index`.
    func bytes(at index: Int) -> ArraySlice<UInt8> {
        arena[starts[index]..<starts[index + 1]]
    }

    /// The number of `bytes[range]`, or nil. Linear in its length.
    func find(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        if range.count == 1 {
            let found = single[Int(bytes[range.lowerBound])]
            return found < 0 ? nil : Int(found)
        }
        let hash = Self.hash(bytes, range)
        let found = slots[slot(of: hash, bytes, range)]
        return found < 0 ? nil : Int(found)
    }

    /// The number of `bytes[range]`, a new one if it has none. Linear in its length.
    mutating func insert(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        if range.count == 1 {
            let byte = bytes[range.lowerBound]
            let found = single[Int(byte)]
            if found >= 0 { return Int(found) }
            single[Int(byte)] = Int32(count)
            add(bytes, range, hash: 0)
            return count - 1
        }
        let hash = Self.hash(bytes, range)
        let slot = slot(of: hash, bytes, range)
        if slots[slot] >= 0 { return Int(slots[slot]) }
        slots[slot] = Int32(count)
        add(bytes, range, hash: hash)
        if count * 2 > slots.count { grow() }
        return count - 1
    }

    private mutating func add(_ bytes: Span<UInt8>, _ range: Range<Int>, hash: UInt64) {
        hashes.append(hash)
        arena.append(bytes.extracting(range))
        starts.append(arena.count)
    }

    private func slot(of hash: UInt64, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash >> 20) & mask
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if hashes[index] == hash && isEqual(index, bytes, range) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func isEqual(_ index: Int, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let start = starts[index]
        guard starts[index + 1] - start == range.count else { return false }
        for k in 0..<range.count where arena[start + k] != bytes[range.lowerBound + k] { return false }
        return true
    }

    private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        for index in range {
            hash = (hash ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3
        }
        return (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
    }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        slots = [Int32](repeating: -1, count: mask + 1)
        for index in 0..<count where starts[index + 1] - starts[index] != 1 {
            var slot = Int(truncatingIfNeeded: hashes[index] >> 20) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(index)
        }
    }
}
