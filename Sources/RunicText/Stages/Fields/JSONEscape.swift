/// An escape in a JSON string, read byte by byte after its backslash.
struct JSONEscape {
    /// A code point, and the bytes of the text that it replaces.
    struct Replacement: Hashable {
        let codePoint: UInt32
        let length: Int
        /// Whether it stands for half a surrogate pair, which is no character.
        var isLone = false
    }
    enum Step: Hashable {
        case inside
        case invalid
        /// The first half of a surrogate pair: the code point is not known yet.
        case whole
        case given([Replacement])
    }

    private static let lone = Replacement(codePoint: 0xFFFD, length: 6, isLone: true)
    /// The first half of a pair, which waits for the second.
    private var high: UInt32?
    private var digits = -1
    private var value: UInt32 = 0

    /// Begins an escape.
    mutating func begin() {
        digits = -1
        value = 0
    }

    /// The replacement of half a pair that no escape follows.
    mutating func takeOther() -> Replacement? {
        guard high != nil else { return nil }
        high = nil
        return Self.lone
    }

    /// Takes the next byte after the backslash.
    mutating func take(_ byte: UInt8) -> Step {
        if digits < 0 {
            if byte == UInt8(ascii: "u") {
                digits = 0
                return .inside
            }
            guard let codePoint = Self.simple(byte) else { return .invalid }
            return .given([takeOther(), Replacement(codePoint: codePoint, length: 2)].compactMap(\.self))
        }
        guard let digit = hexadecimalDigit(byte) else { return .invalid }
        value = value << 4 | UInt32(digit)
        digits += 1
        return digits == 4 ? unit() : .inside
    }

    /// Takes a whole unit of UTF-16.
    private mutating func unit() -> Step {
        switch value {
        case 0xDC00..<0xE000:
            guard let first = high else { return .given([Self.lone]) }
            high = nil
            let codePoint = 0x10000 + (first - 0xD800) << 10 + (value - 0xDC00)
            return .given([Replacement(codePoint: codePoint, length: 12)])
        case 0xD800..<0xDC00:
            let other = takeOther()
            high = value
            return other.map { .given([$0]) } ?? .whole
        default: return .given([takeOther(), Replacement(codePoint: value, length: 6)].compactMap(\.self))
        }
    }

    private static func simple(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): UInt32(byte)
        default: nil
        }
    }
}
