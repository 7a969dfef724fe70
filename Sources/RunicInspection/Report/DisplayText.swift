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

    /// A paragraph in lines of at most `columns`, broken at spaces but not within a command, which can be pasted whole; lines
    /// after the first begin with `indent`.
    static func wrapped(_ text: String, columns: Int, first: String, indent: String) -> [String] {
        var lines: [String] = []
        var line = first
        var isEmpty = true
        for word in units(text) {
            if !isEmpty && Self.columns(line) + 1 + Self.columns(word) > columns {
                lines.append(line)
                (line, isEmpty) = (indent, true)
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [line]
    }

    /// The words of a text; a command, and a stage with its option, in one piece.
    private static func units(_ text: String) -> [String] {
        var units: [String] = []
        var isCommand = false
        for word in text.split(separator: " ").map(String.init) {
            if isCommand || units.last == "--stage" {
                units[units.count - 1] += " " + word
            } else {
                units.append(word)
            }
            if word == "iconv" { isCommand = true }
            if word.hasPrefix("FILE") { isCommand = false }
        }
        return units
    }
}
