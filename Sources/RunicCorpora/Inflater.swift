internal import CRunicZlib

/// Unpacks deflate data (RFC 1951) that arrives in parts.
@safe struct Inflater: ~Copyable {
    /// The result of a step.
    struct Step {
        /// The number of input bytes used.
        var consumed: Int
        /// The unpacked bytes.
        var bytes: [UInt8]
        /// Whether the data is complete; the rest of the input does not belong to it.
        var isComplete: Bool
    }

    private let stream: UnsafeMutablePointer<z_stream>

    /// An inflater at the start of its data; nil if there is no memory for it.
    init?() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // Negative: the data has no header of its own.
        guard unsafe inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            unsafe stream.deallocate()
            return nil
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Unpacks from `input`, from `start` on, at most `limit` bytes; nil if the data is damaged.
    ///
    /// A step that uses and yields nothing needs more input.
    mutating func step(_ input: [UInt8], from start: Int, limit: Int = 1 << 18) -> Step? {
        var status = Z_OK
        var consumed = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { output, count in
            unsafe input.withUnsafeBufferPointer { source in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.advanced(by: start))
                unsafe stream.pointee.avail_in = UInt32(source.count - start)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(limit)
                status = unsafe inflate(stream, Z_NO_FLUSH)
                consumed = unsafe source.count - start - Int(stream.pointee.avail_in)
                count = unsafe limit - Int(stream.pointee.avail_out)
            }
        }
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { return nil }
        return Step(consumed: consumed, bytes: bytes, isComplete: status == Z_STREAM_END)
    }

    /// Continues the CRC-32 `crc` of the bytes before with `bytes`; 0 at the start.
    static func crc(_ crc: UInt, _ bytes: [UInt8]) -> UInt {
        unsafe bytes.withUnsafeBufferPointer { unsafe crc32(crc, $0.baseAddress, UInt32($0.count)) }
    }
}
