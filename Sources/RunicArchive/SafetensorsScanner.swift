/// Reads the JSON of a safetensors header.
///
/// It knows only the grammar of such a header: it does not recurse, and accepts nothing that the format does not need.
struct SafetensorsScanner {
    private let bytes: [UInt8]
    private let path: String
    /// The offset of `bytes` in the content, for messages.
    private let base: Int
    private var position = 0

    /// - Parameter base: the offset of `bytes` in the content of `path`.
    init(bytes: [UInt8], base: Int, path: String) {
        self.bytes = bytes
        self.base = base
        self.path = path
    }

    /// The offset in the content of the next byte.
    var offset: Int { base + position }

    /// An error at `offset`; nil: at the current position.
    func damage(_ reason: String, at offset: Int? = nil) -> ArchiveError {
        .damaged(path: path, layer: .content, offset: offset ?? self.offset, reason: "safetensors header: \(reason)")
    }

    /// Skips space and then `byte`, which must follow.
    mutating func expect(_ byte: UInt8) throws(ArchiveError) {
        guard take(byte) else { throw damage("expected '\(Character(UnicodeScalar(byte)))', \(found)") }
    }

    /// Skips space, and then `byte` if it follows; returns whether it did.
    mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Checks that only space is left.
    mutating func expectEnd() throws(ArchiveError) {
        skipSpace()
        guard position == bytes.count else { throw damage("expected its end, \(found)") }
    }

    /// Reads an object, calling `member` after each key and colon; keys must be unique.
    mutating func object(
        _ member: (inout SafetensorsScanner, String) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        try expect(UInt8(ascii: "{"))
        guard !take(UInt8(ascii: "}")) else { return }
        var seen: Set<String> = []
        repeat {
            skipSpace()
            let start = offset
            let key = try string()
            guard seen.insert(key).inserted else { throw damage("the key '\(key)' occurs twice", at: start) }
            try expect(UInt8(ascii: ":"))
            try member(&self, key)
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    /// Reads an array of whole numbers.
    mutating func wholeNumbers() throws(ArchiveError) -> [Int] {
        try expect(UInt8(ascii: "["))
        guard !take(UInt8(ascii: "]")) else { return [] }
        var numbers: [Int] = []
        repeat {
            numbers.append(try wholeNumber())
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return numbers
    }

    /// Reads a string and resolves its escapes.
    mutating func string() throws(ArchiveError) -> String {
        try expect(UInt8(ascii: "\""))
        let start = offset - 1
        var text: [UInt8] = []
        while true {
            guard position < bytes.count else { throw damage("a string does not end", at: start) }
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw damage("a string is not UTF-8", at: start)
                }
                return string
            case UInt8(ascii: "\\"):
                try text.append(contentsOf: Array(String(escapedScalar()).utf8))
            case ..<0x20:
                position -= 1
                throw damage("a string has a control character")
            default:
                text.append(byte)
            }
        }
    }

    /// Reads an escape after its backslash.
    private mutating func escapedScalar() throws(ArchiveError) -> UnicodeScalar {
        let start = offset - 1
        guard position < bytes.count else { throw damage("a string does not end", at: start) }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UnicodeScalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw damage("a string has an unknown escape", at: start)
        }
        var value = UInt32(try hexadecimalUnit())
        if 0xD800...0xDBFF ~= value, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        {
            position += 2
            let low = UInt32(try hexadecimalUnit())
            guard 0xDC00...0xDFFF ~= low else { throw damage("a string has half a surrogate pair", at: start) }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = UnicodeScalar(value) else {
            throw damage("a string has half a surrogate pair", at: start)
        }
        return scalar
    }

    private mutating func hexadecimalUnit() throws(ArchiveError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard position < bytes.count, let digit = Character(UnicodeScalar(bytes[position])).hexDigitValue else {
                throw damage("\\u needs four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    private mutating func wholeNumber() throws(ArchiveError) -> Int {
        skipSpace()
        let start = position
        var value = 0
        while position < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[position] {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int(bytes[position] - UInt8(ascii: "0")))
            guard !overflow, !carry else { throw damage("a number is too large", at: base + start) }
            value = sum
            position += 1
        }
        guard position > start else { throw damage("expected a whole number, \(found)") }
        guard position - start == 1 || bytes[start] != UInt8(ascii: "0") else {
            throw damage("a number begins with zero", at: base + start)
        }
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    /// The byte at `position`, for messages.
    private var found: String {
        guard position < bytes.count else { return "found its end" }
        let byte = bytes[position]
        return 0x21...0x7E ~= byte ? "found '\(Character(UnicodeScalar(byte)))'" : "found byte \(byte)"
    }
}
