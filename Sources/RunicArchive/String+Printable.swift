extension String {
    /// The string with every scalar that could control a terminal (controls, line and bidirectional marks) written as
    /// `\u{…}`, so a name from a file cannot forge or break a line of output.
    var printable: String {
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

    /// At most `count` characters of the string, ending in `…` if it is shortened.
    func shortened(to count: Int) -> String {
        self.count <= count ? self : prefix(max(0, count - 1)) + "…"
    }

    /// The string followed by spaces up to `width` characters.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
