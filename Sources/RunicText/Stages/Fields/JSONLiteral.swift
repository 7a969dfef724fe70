/// A JSON value that is not a string, object or array.
struct JSONLiteral {
    enum Kind: Hashable { case number, boolean, null }

    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Its kind; nil if it is not JSON (RFC 8259, sections 3 and 6).
    var kind: Kind? {
        switch bytes {
        case Array("null".utf8): .null
        case Array("true".utf8), Array("false".utf8): .boolean
        default: isNumber ? .number : nil
        }
    }

    private var isNumber: Bool {
        var rest = bytes[...]
        func skipDigits() -> Int {
            let digits = rest.prefix(while: \.isDigit).count
            rest = rest.dropFirst(digits)
            return digits
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        if rest.first == UInt8(ascii: "0") {
            rest = rest.dropFirst()
        } else if skipDigits() == 0 {
            return false
        }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard skipDigits() > 0 else { return false }
        }
        if let exponent = rest.first, exponent | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard skipDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}

extension UInt8 {
    /// Whether the byte may belong to a number, true, false or null; other letters are included for the message.
    var isPartOfLiteral: Bool {
        isLetter || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "+") || self == UInt8(ascii: ".")
    }
}
