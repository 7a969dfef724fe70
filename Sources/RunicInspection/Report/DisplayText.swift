internal import RunicDisplay
internal import RunicPage

/// Text of a file for a table: one line, every symbol visible, nothing that moves the cursor.
enum DisplayText {
    /// The beginning of a text that fits `columns`.
    static func line(_ text: String, columns: Int) -> String {
        var result = ""
        var used = 0
        for character in text {
            let shown = DisplaySymbol(Array(String(character).utf8)).text
            let width = Self.columns(shown)
            guard used + width < columns else { return result + "…" }
            result += shown
            used += width
        }
        return result
    }

    /// The text, padded with spaces to `columns`.
    static func padded(_ text: String, _ columns: Int) -> String { text.padded(columns: columns) }

    /// How many columns of a terminal a text takes.
    static func columns(_ text: String) -> Int { text.columns }

    /// A paragraph in lines of at most `columns`; lines after the first begin with `indent`.
    static func wrapped(_ text: String, columns: Int, first: String, indent: String) -> [String] {
        TextLayout.lines(text, columns: columns, first: first, indent: indent)
    }
}
