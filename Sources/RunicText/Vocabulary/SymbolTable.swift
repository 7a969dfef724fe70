internal import Glibc

/// Gives each byte string an index, in the order of insertion, and finds it again.
///
/// An open-addressed hash table; the bytes are in `arena`, one string after the other.
package struct SymbolTable: Sendable {
    private var single = [Int32](repeating: -1, count: 256)
    private var slots = [Slot](repeating: Slot(), count: 256)
    private var hashes: [UInt32] = []
    private var arena: [UInt8] = []
    private var starts: [Int] = [0]

    private struct Slot {
        var index: Int32 = -1
        var hash: UInt32 = 0
    }

    package init() {}

    /// The number of byte strings.
    package var count: Int { hashes.count }

    /// The bytes at an index.
    package func bytes(at index: Int) -> ArraySlice<UInt8> {
        arena[starts[index]..<starts[index + 1]]
    }

    /// The index of `bytes[range]`, or nil. Linear in its length.
    package func find(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        if range.count == 1 {
            let found = single[Int(bytes[range.lowerBound])]
            return found < 0 ? nil : Int(found)
        }
        let found = slots[slot(of: Self.hash(bytes, range), bytes, range)].index
        return found < 0 ? nil : Int(found)
    }

    /// The index of `bytes[range]`, a new one if it has none. Linear in its length.
    package mutating func insert(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        if range.count == 1 {
            let byte = Int(bytes[range.lowerBound])
            let found = single[byte]
            if found >= 0 { return Int(found) }
            single[byte] = Int32(count)
            add(bytes, range, hash: 0)
            return count - 1
        }
        let hash = Self.hash(bytes, range)
        let slot = slot(of: hash, bytes, range)
        if slots[slot].index >= 0 { return Int(slots[slot].index) }
        slots[slot] = Slot(index: Int32(count), hash: hash)
        add(bytes, range, hash: hash)
        if count * 2 > slots.count { grow() }
        return count - 1
    }

    private mutating func add(_ bytes: Span<UInt8>, _ range: Range<Int>, hash: UInt32) {
        hashes.append(hash)
        arena.append(bytes.extracting(range))
        starts.append(arena.count)
    }

    private func slot(of hash: UInt32, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot].index >= 0 {
            if slots[slot].hash == hash && isEqual(Int(slots[slot].index), bytes, range) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func isEqual(_ index: Int, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let start = starts[index]
        guard starts[index + 1] - start == range.count else { return false }
        return unsafe arena.withUnsafeBytes { own in
            unsafe bytes.withUnsafeBytes { other in
                unsafe memcmp(
                    own.baseAddress.unsafelyUnwrapped + start,
                    other.baseAddress.unsafelyUnwrapped + range.lowerBound, range.count) == 0
            }
        }
    }

    /// Mixes eight bytes at a time by multiplication with an odd constant; the last bytes may be read twice.
    private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "bytes \(range) of \(bytes.count)")
        let count = range.count
        return unsafe bytes.withUnsafeBytes { all in
            func word(_ offset: Int) -> UInt64 {
                unsafe all.loadUnaligned(fromByteOffset: range.lowerBound + offset, as: UInt64.self)
            }
            func half(_ offset: Int) -> UInt64 {
                unsafe UInt64(all.loadUnaligned(fromByteOffset: range.lowerBound + offset, as: UInt32.self))
            }
            var hash = UInt64(truncatingIfNeeded: count)
            if count >= 8 {
                var offset = 0
                while offset + 8 < count {
                    hash = mix(hash ^ word(offset))
                    offset += 8
                }
                return fold(mix(hash ^ word(count - 8)))
            }
            if count >= 4 { return fold(mix(hash ^ half(0) ^ half(count - 4) << 32)) }
            var tail: UInt64 = 0
            for index in range { tail = tail << 8 | UInt64(bytes[index]) }
            return fold(mix(hash ^ tail << 8))
        }
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }

    private static func fold(_ value: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: value ^ value >> 32) }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        slots = [Slot](repeating: Slot(), count: mask + 1)
        for index in 0..<count where starts[index + 1] - starts[index] != 1 {
            var slot = Int(hashes[index]) & mask
            while slots[slot].index >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Slot(index: Int32(index), hash: hashes[index])
        }
    }
}
