/// One symbol: a byte string, compared byte by byte, never by canonical equivalence.
public struct Symbol: Sendable, Hashable {
    /// The first eight bytes, big-endian, padded with zeros.
    private let head: UInt64
    private let length: UInt32
    /// All bytes, if there are more than eight.
    private let long: [UInt8]?

    /// The symbol of these bytes.
    public init(_ bytes: some Collection<UInt8>) {
        var head: UInt64 = 0
        var shift: UInt64 = 64
        for byte in bytes.prefix(8) {
            shift -= 8
            head |= UInt64(byte) << shift
        }
        self.head = head
        length = UInt32(clamping: bytes.count)
        long = bytes.count > 8 ? Array(bytes) : nil
    }

    /// The UTF-8 bytes; for the unit `byte`, the one byte.
    public var bytes: [UInt8] {
        long ?? (0..<Int(length)).map { UInt8(truncatingIfNeeded: head >> (56 - 8 * UInt64($0))) }
    }

    /// The number of bytes.
    public var count: Int { long?.count ?? Int(length) }
}

extension Symbol: Comparable {
    /// Byte by byte, like C's `memcmp`; for code points this is the order of their values.
    public static func < (left: Symbol, right: Symbol) -> Bool {
        if left.head != right.head { return left.head < right.head }
        if left.long == nil && right.long == nil { return left.length < right.length }
        return left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
