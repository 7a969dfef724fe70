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
    static func padded(_ text: String, _ columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - Self.columns(text)))
    }

    /// How many columns of a terminal a text takes, nearly: ideographs, Hangul, kana and emoji take two, marks none.
    static func columns(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format: return sum
            default: break
            }
            switch scalar.value {
            case 0x1160..<0x1200: return sum
            case 0x1100..<0x1160, 0x2E80..<0xA4D0, 0xAC00..<0xD7A4, 0xF900..<0xFB00, 0xFE30..<0xFE70, 0xFF01..<0xFF61,
                0xFFE0..<0xFFE7, 0x1F300..<0x1F650, 0x1F680..<0x1FB00, 0x20000..<0x3FFFE:
                return sum + 2
            default: return sum + 1
            }
        }
    }

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
