/// Escapes in typed text, where a line cannot hold a new line: `\n`, `\t` and `\\`.
public enum TextEscapes {
    /// Turns `\n` into a new line, `\t` into a tab and `\\` into a backslash; any other backslash stays as it is.
    public static func resolve(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        var result = String.UnicodeScalarView()
        var escaped = false
        for scalar in text.unicodeScalars {
            if escaped {
                escaped = false
                switch scalar {
                case "n": result.append("\n")
                case "t": result.append("\t")
                case "\\": result.append("\\")
                default: result.append(contentsOf: ["\\", scalar])
                }
            } else if scalar == "\\" {
                escaped = true
            } else {
                result.append(scalar)
            }
        }
        if escaped { result.append("\\") }
        return String(result)
    }

    /// Writes a text on one line, so that `resolve` gives it back.
    public static func escape(_ text: String) -> String {
        escape(text, backslashes: true)
    }

    /// Writes a message on one line: `escape` without the doubled backslashes.
    public static func escapeLines(_ text: String) -> String {
        escape(text, backslashes: false)
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
