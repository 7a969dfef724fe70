/// A character reference of HTML or XML, such as `&amp;`, `&#233;` or `&#xE9;`.
enum MarkupReference: Hashable {
    /// A code point, and the bytes of the reference.
    case whole(UInt32, length: Int)
    /// A text that HTML has a name for, and the bytes of the reference.
    case named([UInt8], length: Int)
    /// A reference that could continue after the end of these bytes.
    case cut
    /// The ampersand begins no known reference.
    case none

    /// The longest reference that is read, in bytes.
    static let longest = 16

    private static let names: [(name: [UInt8], codePoint: UInt32)] = [
        (Array("amp;".utf8), 0x26), (Array("lt;".utf8), 0x3C), (Array("gt;".utf8), 0x3E),
        (Array("quot;".utf8), 0x22), (Array("apos;".utf8), 0x27), (Array("nbsp;".utf8), 0xA0),
    ]

    /// The code points that browsers read for the numbers 0x80 to 0x9F: those of windows-1252.
    private static let windows: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    ]

    /// Reads the reference that begins with the ampersand at `index`.
    ///
    /// - Parameter readsHTML: whether all names of HTML are known, not only those of XML and `&nbsp;`.
    init(_ bytes: Span<UInt8>, at index: Int, readsHTML: Bool = false) {
        guard index + 1 < bytes.count else {
            self = .cut
            return
        }
        self =
            if bytes[index + 1] == UInt8(ascii: "#") {
                Self.number(bytes, index)
            } else {
                readsHTML ? Self.entity(bytes, index) : Self.name(bytes, index)
            }
    }

    private static func entity(_ bytes: Span<UInt8>, _ index: Int) -> MarkupReference {
        var place = index + 1
        while place < bytes.count, bytes[place].isLetter || bytes[place].isDigit {
            guard place - index <= HTMLEntities.longest else { return .none }
            place += 1
        }
        guard place < bytes.count else { return .cut }
        guard bytes[place] == UInt8(ascii: ";") else { return .none }
        let name = String(decoding: bytes.extracting(index + 1..<place).copied, as: UTF8.self)
        return HTMLEntities.texts[name].map { .named($0, length: place + 1 - index) } ?? .none
    }

    private static func name(_ bytes: Span<UInt8>, _ index: Int) -> MarkupReference {
        for (name, codePoint) in names {
            var matched = 0
            while matched < name.count, index + 1 + matched < bytes.count, bytes[index + 1 + matched] == name[matched] {
                matched += 1
            }
            if matched == name.count { return .whole(codePoint, length: 1 + matched) }
            if index + 1 + matched == bytes.count { return .cut }
        }
        return .none
    }

    private static func number(_ bytes: Span<UInt8>, _ index: Int) -> MarkupReference {
        var place = index + 2
        var radix: UInt32 = 10
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "x") {
            radix = 16
            place += 1
        }
        let start = place
        var value: UInt32 = 0
        while place < bytes.count, place - index < longest {
            let byte = bytes[place]
            if byte == UInt8(ascii: ";") {
                return place > start ? .whole(codePoint(value), length: place + 1 - index) : .none
            }
            guard let digit = hexadecimalDigit(byte), UInt32(digit) < radix else { return .none }
            value = min(value * radix + UInt32(digit), 0x110000)
            place += 1
        }
        return place - index < longest ? .cut : .none
    }

    private static func codePoint(_ value: UInt32) -> UInt32 {
        if value == 0 || Unicode.Scalar(value) == nil { return 0xFFFD }
        return (0x80..<0xA0).contains(value) ? windows[Int(value - 0x80)] : value
    }
}

/// The value of a hexadecimal digit, in either case.
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
