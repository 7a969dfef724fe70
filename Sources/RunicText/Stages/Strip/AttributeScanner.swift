/// Scans a tag from after its name to the `>` that ends it; those in quoted values do not.
struct AttributeScanner {
    enum Step: Hashable {
        case inside
        case end(isEmpty: Bool)
        /// A `<`, which a tag cannot contain.
        case broken
    }

    private enum Place: Hashable {
        case between
        case afterEquals
        case unquoted
        case quoted(UInt8)
    }

    private var place = Place.between
    private var isAfterSlash = false

    /// Takes the next byte of the tag.
    mutating func take(_ byte: UInt8) -> Step {
        if case .quoted(let quote) = place {
            if byte == quote { place = .between }
            return .inside
        }
        switch byte {
        case UInt8(ascii: "<"): return .broken
        case UInt8(ascii: ">"): return .end(isEmpty: isAfterSlash)
        default: break
        }
        switch place {
        case .afterEquals where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"): place = .quoted(byte)
        case .afterEquals: if !byte.isMarkupSpace { place = .unquoted }
        case .unquoted: if byte.isMarkupSpace { place = .between }
        default: if byte == UInt8(ascii: "=") { place = .afterEquals }
        }
        isAfterSlash = place == .between && byte == UInt8(ascii: "/")
        return .inside
    }
}

extension UInt8 {
    /// Whether it is an ASCII letter.
    var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
    /// Whether it is an ASCII digit.
    var isDigit: Bool { (0x30...0x39).contains(self) }
    /// Whether it is a tab, line feed, form feed, carriage return or space.
    var isMarkupSpace: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C }
    /// Whether the name of an element may contain it.
    var isPartOfName: Bool {
        isLetter || isDigit || self >= 0x80 || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
            || self == UInt8(ascii: ":") || self == UInt8(ascii: ".")
    }
}
