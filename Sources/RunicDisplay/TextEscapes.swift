/// Escapes in typed text: `\n`, `\t`, `\r`, `\\`, `\u{1F98A}`, a code point of 1 to 8 hexadecimal digits, and `\xE2`, a byte of two.
public enum TextEscapes {
    /// What a backslash may begin, for an error message.
    package static let expected = #"\n, \t, \r, \\, \u{…} or \xHH after a backslash"#

    /// A backslash that begins no escape.
    public struct UnknownEscape: Error, Hashable, Sendable, CustomStringConvertible {
        /// Its offset in code points.
        public let offset: Int
        /// The backslash and what follows it, as far as it was read as an escape.
        public let escape: String
        /// Whether it is a byte that makes no UTF-8 together with its neighbours, where text is needed.
        public var isByte = false

        /// What is wrong and what to do, in one line.
        public var description: String {
            if isByte { return "\(escape) is not UTF-8 here, and text is needed; write a character or its \\u{…}" }
            let problem =
                escape.count == 1
                ? #"a \ at the end begins no escape"# : "\(escape) is no escape"
            return problem + #"; write \\ for a backslash, or one of \n, \t, \r, \u{…} and \xHH"#
        }
    }

    /// Resolves all escapes. Linear.
    ///
    /// - Throws: ``UnknownEscape`` for the first backslash that begins none, and for bytes that are not UTF-8.
    public static func resolve(_ text: String) throws(UnknownEscape) -> String {
        let (bytes, first) = try resolved(text)
        if let first, String(validating: bytes, as: UTF8.self) == nil { throw first }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Resolves all escapes into bytes, which need not be UTF-8. Linear.
    ///
    /// - Throws: ``UnknownEscape`` for the first backslash that begins none.
    public static func resolveBytes(_ text: String) throws(UnknownEscape) -> [UInt8] { try resolved(text).bytes }

    /// The bytes of the text, and its first byte escape beyond ASCII.
    private static func resolved(_ text: String) throws(UnknownEscape) -> (bytes: [UInt8], first: UnknownEscape?) {
        var result: [UInt8] = []
        var first: UnknownEscape?
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
                continue
            }
            func escape(_ name: String, isByte: Bool = false) -> UnknownEscape {
                UnknownEscape(
                    offset: text.unicodeScalars.count - rest.count - 1, escape: "\\" + name, isByte: isByte)
            }
            if let byte = byte(rest) {
                if byte >= 0x80 && first == nil { first = escape(String(rest.prefix(3)), isByte: true) }
                rest = rest.dropFirst(3)
                result.append(byte)
                continue
            }
            guard let escaped = takeEscape(&rest) else { throw escape(shown(rest)) }
            result += UTF8.encode(escaped) ?? UTF8.encodedReplacementCharacter
        }
        return (result, first)
    }

    /// The byte that an `x` and two hexadecimal digits at the beginning name.
    private static func byte(_ rest: Substring.UnicodeScalarView) -> UInt8? {
        let digits = rest.dropFirst().prefix(2)
        guard rest.first == "x", digits.count == 2, digits.allSatisfy(\.properties.isASCIIHexDigit) else { return nil }
        return UInt8(String(digits), radix: 16)
    }

    /// What a message shows of the text after a backslash.
    private static func shown(_ rest: Substring.UnicodeScalarView) -> String {
        let beginning = rest.prefix(11)
        guard rest.first == "u", rest.dropFirst().first == "{" else {
            return String(Substring(beginning).prefix(1))
        }
        let end = beginning.firstIndex(of: "}").map { beginning.index(after: $0) } ?? beginning.endIndex
        return String(beginning[..<end])
    }

    /// Writes a text on one line, so that ``resolve(_:)`` gives it back.
    public static func escape(_ text: String) -> String {
        escape(text, backslashes: true)
    }

    /// Writes bytes on one line, those that are not UTF-8 as `\xHH`, so that ``resolveBytes(_:)`` gives them back.
    public static func escape(bytes: [UInt8]) -> String {
        var result = ""
        var sequence = UTF8Sequence()
        for (index, byte) in bytes.enumerated() {
            if !sequence.accepts(byte) {
                result += sequence.bytes.map(hexadecimal).joined()
                sequence.reset()
            }
            guard sequence.accepts(byte) else {
                result += hexadecimal(byte)
                continue
            }
            result += escape(String(decoding: sequence.take(byte), as: UTF8.self))
            if index == bytes.count - 1 { result += sequence.bytes.map(hexadecimal).joined() }
        }
        return result
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "\\x" + (digits.count == 1 ? "0" : "") + digits
    }

    /// Writes a message on one line: ``escape(_:)`` without the doubled backslashes.
    public static func escapeLines(_ text: String) -> String {
        escape(text, backslashes: false)
    }

    /// Takes the rest of an escape from after its backslash; nil, with nothing taken, where there is no escape.
    private static func takeEscape(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
        let escaped: Unicode.Scalar
        var after = rest.dropFirst()
        switch rest.first {
        case "n": escaped = "\n"
        case "t": escaped = "\t"
        case "r": escaped = "\r"
        case "\\": escaped = "\\"
        case "u":
            // Nine code points at most, so that a text of escapes that do not end is still read in linear time.
            guard after.popFirst() == "{", let end = after.prefix(9).firstIndex(of: "}"),
                let scalar = codePoint(after[..<end])
            else { return nil }
            escaped = scalar
            after = after[end...].dropFirst()
        default: return nil
        }
        rest = after
        return escaped
    }

    private static func codePoint(_ digits: Substring.UnicodeScalarView) -> Unicode.Scalar? {
        guard (1...8).contains(digits.count), digits.allSatisfy(\.properties.isASCIIHexDigit) else { return nil }
        return UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init)
    }

    private static func escape(_ text: String, backslashes: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            case "\\" where backslashes: result.append(contentsOf: "\\\\".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
