extension String {
    /// The text as one word of a shell command, quoted where it must be, so that a hint can be pasted.
    ///
    /// Control characters become escapes of `$'…'`, which bash, zsh and POSIX.1-2024 know: the word stays on one line.
    ///
    /// - Complexity: O(n).
    package var shellQuoted: String {
        if !isEmpty, utf8.allSatisfy({ Self.plainBytes.contains($0) }) { return self }
        let controls = unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard controls else { return "'" + replacing("'", with: #"'\''"#) + "'" }
        return "$'" + utf8.map(Self.escaped).joined() + "'"
    }

    /// The path as one word of a shell command that no program takes for an option.
    package var shellPath: String { (hasPrefix("-") ? "./" + self : self).shellQuoted }

    /// Bytes that mean themselves to every shell, anywhere in a word but `~` and `=` at its start, which are not among them.
    private static let plainBytes = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+:,./-".utf8)

    /// A byte within `$'…'`.
    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\n"): #"\n"#
        case UInt8(ascii: "\t"): #"\t"#
        case UInt8(ascii: "'"): #"\'"#
        case UInt8(ascii: "\\"): #"\\"#
        case 0x20..<0x7F: String(UnicodeScalar(byte))
        // Three digits, so that a digit that follows is not taken for one of the number.
        default: "\\" + [byte >> 6, byte >> 3 & 7, byte & 7].map { String($0) }.joined()
        }
    }
}
