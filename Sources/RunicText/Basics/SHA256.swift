internal import CRunicText

/// SHA-256 (FIPS 180-4) of bytes that come in chunks.
public struct SHA256: Sendable {
    private var state: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    private var block: [UInt8] = []
    private var length: UInt64 = 0

    /// The hash of nothing yet.
    public init() {}

    /// Takes the next bytes. Linear.
    public mutating func update(_ bytes: Span<UInt8>) {
        length += UInt64(bytes.count)
        var index = 0
        if !block.isEmpty {
            index = min(64 - block.count, bytes.count)
            block.append(bytes.extracting(0..<index))
            guard block.count == 64 else { return }
            let full = block
            compress(full.span)
            block.removeAll(keepingCapacity: true)
        }
        let whole = (bytes.count - index) / 64 * 64
        compress(bytes.extracting(index..<index + whole))
        block.append(bytes.extracting(index + whole..<bytes.count))
    }

    /// The eight words of the hash of all bytes so far.
    private var words: [UInt32] {
        var copy = self
        let bits = length * 8
        var padding: [UInt8] = [0x80]
        padding += [UInt8](repeating: 0, count: (119 - block.count) % 64)
        padding += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
        copy.update(padding.span)
        return copy.state
    }

    /// The hash of all bytes so far, as 64 lower-case hexadecimal digits.
    public var hexadecimalDigest: String {
        hexadecimal(words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) } })
    }

    /// The first 128 bits of the hash of `bytes`.
    package static func prefix(of bytes: Span<UInt8>) -> UInt128 {
        var hash = SHA256()
        hash.update(bytes)
        return hash.words.prefix(4).reduce(0) { $0 << 32 | UInt128($1) }
    }

    /// The hash of `bytes`, as 64 lower-case hexadecimal digits.
    public static func hexadecimalDigest(of bytes: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(bytes.span)
        return hash.hexadecimalDigest
    }

    private mutating func compress(_ blocks: Span<UInt8>) {
        unsafe blocks.withUnsafeBufferPointer { bytes in
            guard bytes.count > 0 else { return }
            unsafe runic_sha256_compress(&state, bytes.baseAddress, bytes.count / 64)
        }
    }
}
