/// The result of reading a place of a text that should be UTF-8.
enum DecodedScalar: Hashable {
    /// A code point and its bytes.
    case whole(UInt32, length: Int)
    /// A sequence that could continue after the end of these bytes.
    case cut
    /// A byte that begins no sequence.
    case invalid

    /// Reads at `index`, which must be in `bytes`.
    init(_ bytes: Span<UInt8>, at index: Int) {
        let lead = bytes[index]
        let length: Int
        var value: UInt32
        switch lead {
        case 0..<0x80:
            self = .whole(UInt32(lead), length: 1)
            return
        case 0xC2..<0xE0: (length, value) = (2, UInt32(lead & 0x1F))
        case 0xE0..<0xF0: (length, value) = (3, UInt32(lead & 0x0F))
        case 0xF0..<0xF5: (length, value) = (4, UInt32(lead & 0x07))
        default:
            self = .invalid
            return
        }
        for place in index + 1..<index + length {
            guard place < bytes.count else {
                self = .cut
                return
            }
            guard bytes[place] & 0xC0 == 0x80 else {
                self = .invalid
                return
            }
            value = value << 6 | UInt32(bytes[place] & 0x3F)
        }
        self = .whole(value, length: length)
    }
}

/// The UTF-8 of a code point, or of U+FFFD if it is a surrogate or out of range.
func utf8Bytes(_ codePoint: UInt32) -> [UInt8] {
    Array(String(Unicode.Scalar(codePoint) ?? "\u{FFFD}").utf8)
}
