/// Escapes in typed text: `\n`, `\t`, `\r`, `\\` and `\u{1F98A}`, a code point of 1 to 8 hexadecimal digits.
public enum TextEscapes {
    /// What a backslash may begin, for an error message.
    package static let expected = #"\n, \t, \r, \\ or \u{…} after a backslash"#

    /// A backslash that begins no escape.
    public struct UnknownEscape: Error, Hashable, Sendable, CustomStringConvertible {
        /// Its offset in code points.
        public let offset: Int
        /// The backslash and what follows it, as far as it was read as an escape.
        public let escape: String

        /// What is wrong and what to do, in one line.
        public var description: String {
            let problem =
                escape.count == 1
                ? #"a \ at the end begins no escape"# : "\(escape) is no escape"
            return problem + #"; write \\ for a backslash, or one of \n, \t, \r and \u{…}"#
        }
    }

    /// Resolves all escapes. Linear.
    ///
    /// - Throws: ``UnknownEscape`` for the first backslash that begins none.
    public static func resolve(_ text: String) throws(UnknownEscape) -> String {
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                result.append(scalar)
                continue
            }
            guard let escaped = takeEscape(&rest) else {
                throw UnknownEscape(
                    offset: text.unicodeScalars.count - rest.count - 1, escape: "\\" + shown(rest))
            }
            result.append(escaped)
        }
        return String(result)
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
