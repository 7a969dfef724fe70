/// Makes text harmless for a terminal: control characters are shown instead of sent.
///
/// Line feeds and tabs pass; CR before LF is dropped. Other C0 controls and DEL are shown by their Unicode pictures (ESC as ␛), C1
/// controls in caret form with a tilde (U+009B as `~^[`). Line separators, and the controls that override, embed or isolate a
/// direction of writing and so can reorder the rest of a line, are shown as `\u{202e}`. Names and messages of one line use
/// `String.printable` instead.
public struct TerminalFilter: Sendable {
    private var holdsReturn = false

    /// Creates a filter.
    public init() {}

    /// Filters the next chunk of the text; a CR at its end waits for the next chunk.
    public mutating func filter(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if holdsReturn, scalar != "\n" { result.append("\u{240D}") }
            holdsReturn = scalar == "\r"
            switch scalar.value {
            case 0x0D: break
            case 0x09, 0x0A: result.append(scalar)
            case 0x00...0x1F: result.append(picture(scalar.value))
            case 0x7F: result.append("\u{2421}")
            case 0x80...0x9F:
                result.append(contentsOf: ["~", "^"])
                result.append(Unicode.Scalar(UInt8(scalar.value - 0x40)))
            case 0x2028...0x202E, 0x2066...0x2069:
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Ends the text: returns nothing, or the picture of a CR.
    public mutating func finish() -> String {
        defer { holdsReturn = false }
        return holdsReturn ? "\u{240D}" : ""
    }

    /// Filters a whole short text.
    public static func filtered(_ text: String) -> String {
        var filter = TerminalFilter()
        return filter.filter(text) + filter.finish()
    }

    private func picture(_ control: UInt32) -> Unicode.Scalar {
        Unicode.Scalar(0x2400 + control) ?? "\u{FFFD}"
    }
}
