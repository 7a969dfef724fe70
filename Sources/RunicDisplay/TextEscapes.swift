/// Escapes in typed text: `\n`, `\t`, `\\` and `\u{1F98A}`, a code point of 1 to 8 hexadecimal digits.
public enum TextEscapes {
    /// What a backslash may begin, for an error message.
    package static let expected = #"\n, \t, \\ or \u{…} after a backslash"#

    /// A backslash that begins no escape, by its offset in code points.
    package struct UnknownEscape: Error, Hashable {
        package let offset: Int
    }

    /// Resolves all escapes; any other backslash is unchanged. Linear.
    public static func resolve(_ text: String) -> String {
        read(text).text
    }

    /// Resolves all escapes. Linear.
    ///
    /// - Throws: ``UnknownEscape`` for the first backslash that begins no known escape.
    package static func resolveStrictly(_ text: String) throws(UnknownEscape) -> String {
        let (text, unknown) = read(text)
        if let unknown { throw UnknownEscape(offset: unknown) }
        return text
    }

    /// Writes a text on one line, so that ``resolve(_:)`` gives it back.
    public static func escape(_ text: String) -> String {
        escape(text, backslashes: true)
    }

    /// Writes a message on one line: ``escape(_:)`` without the doubled backslashes.
    public static func escapeLines(_ text: String) -> String {
        escape(text, backslashes: false)
    }

    private static func read(_ text: String) -> (text: String, unknown: Int?) {
        var result = String.UnicodeScalarView()
        var unknown: Int?
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\\" {
                if let escaped = takeEscape(&rest) {
                    result.append(escaped)
                    continue
                }
                unknown = unknown ?? text.unicodeScalars.count - rest.count - 1
            }
            result.append(scalar)
        }
        return (String(result), unknown)
    }

    /// Takes the rest of an escape from after its backslash; nil, with nothing taken, where there is no escape.
    private static func takeEscape(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
        let escaped: Unicode.Scalar
        var after = rest.dropFirst()
        switch rest.first {
        case "n": escaped = "\n"
        case "t": escaped = "\t"
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
            case "\\" where backslashes: result.append(contentsOf: "\\\\".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
