extension Unicode.Scalar {
    /// Unicode's notation of the code point, such as `U+0041`: at least four hexadecimal digits.
    package var notation: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension String {
    /// Unicode's notation of all code points, separated by spaces, such as `U+0065 U+0301`.
    package var codePointNotation: String { unicodeScalars.map(\.notation).joined(separator: " ") }

    /// A symbol in quotes, or its code points if it would not be seen.
    package var shownSymbol: String {
        let isVisible = unicodeScalars.contains { scalar in
            let properties = scalar.properties
            return !properties.isDefaultIgnorableCodePoint && !properties.isWhitespace
                && ![.control, .format, .nonspacingMark, .unassigned, .privateUse].contains(properties.generalCategory)
        }
        return isVisible ? "'\(printable)'" : codePointNotation
    }

    /// The string with every scalar that could steer a terminal (controls, line and bidirectional marks) spelled as
    /// `\u{…}`, so that a name from a file cannot forge or break a line of output.
    ///
    /// For names and messages, where such a scalar is suspicious and must stay readable on one line. Text that a model wrote goes
    /// through ``TerminalFilter`` instead, which keeps line feeds and shows a control by one picture.
    package var printable: String {
        var result = ""
        for scalar in unicodeScalars {
            switch (scalar, scalar.properties.generalCategory) {
            case ("\u{200C}", _), ("\u{200D}", _):
                // The joiners are harmless, and emoji and several scripts need them.
                result.unicodeScalars.append(scalar)
            case (_, .control), (_, .format), (_, .lineSeparator), (_, .paragraphSeparator), (_, .privateUse),
                (_, .unassigned):
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// At most `count` code points of the string, the last of which is `…` if some are left off.
    ///
    /// - Complexity: O(`count`).
    package func shortened(to count: Int) -> String {
        guard let end = unicodeScalars.index(startIndex, offsetBy: count, limitedBy: endIndex), end < endIndex else {
            return self
        }
        return String(unicodeScalars.prefix(max(0, count - 1))) + "…"
    }
}
