/// The header of an LZ4 frame, put together by hand from the format's specification.
enum FrameHeader {
    /// Magic number, flags, block descriptor, sizes and the header checksum.
    static func bytes(flags: UInt8, descriptor: UInt8 = 0x70, contentSize: UInt64?) -> [UInt8] {
        var described = [flags, descriptor]
        if let contentSize { described += Samples.littleEndian(contentSize) }
        if flags & 1 != 0 { described += [9, 0, 0, 0] }
        return [0x04, 0x22, 0x4D, 0x18] + described + [checksum(described)]
    }

    /// The second byte of the XXH32 hash, seed zero, of fewer than 16 bytes.
    static func checksum(_ bytes: [UInt8]) -> UInt8 {
        let primes: [UInt32] = [2_654_435_761, 2_246_822_519, 3_266_489_917, 668_265_263, 374_761_393]
        func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 { value << count | value >> (32 - count) }
        var hash = primes[4] &+ UInt32(bytes.count)
        var rest = bytes[...]
        while rest.count >= 4 {
            let word = rest.prefix(4).enumerated().reduce(UInt32(0)) {
                $0 | UInt32($1.element) << UInt32(8 * $1.offset)
            }
            hash = rotated(hash &+ word &* primes[2], 17) &* primes[3]
            rest = rest.dropFirst(4)
        }
        for byte in rest {
            hash = rotated(hash &+ UInt32(byte) &* primes[4], 11) &* primes[0]
        }
        hash = (hash ^ hash >> 15) &* primes[1]
        hash = (hash ^ hash >> 13) &* primes[2]
        hash ^= hash >> 16
        return UInt8(truncatingIfNeeded: hash >> 8)
    }
}
