/// The commands of the REPL; the raw value is the name after the slash.
public enum SlashCommand: String, CaseIterable, Sendable {
    case temperature
    case topK = "top-k"
    case topP = "top-p"
    case minP = "min-p"
    case seed
    case length
    case stop
    case newline
    case show
    case regen
    case undo
    case clear
    case load
    case help
    case quit

    /// The name with a placeholder for its value.
    public var usage: String {
        switch self {
        case .temperature, .topP, .minP: "/\(rawValue) X"
        case .topK, .seed, .length: "/\(rawValue) N"
        case .stop: "/\(rawValue) TEXT"
        case .newline: "/\(rawValue) on|off"
        case .load: "/\(rawValue) FILE"
        case .show, .regen, .undo, .clear, .help, .quit: "/\(rawValue)"
        }
    }

    /// What the command does, in one line.
    public var summary: String {
        switch self {
        case .temperature: "how random the draws are: 0 takes the likeliest symbol, 1 follows the model"
        case .topK: "draw only from the N likeliest symbols (off: all)"
        case .topP: "draw only from the likeliest symbols whose probabilities add up to X (off: all)"
        case .minP: "draw only from symbols at least X times as likely as the likeliest (off: all)"
        case .seed: "make the next draws repeatable (off: a new seed)"
        case .length: "most symbols of a continuation"
        case .stop: "end a continuation before TEXT, which is not shown (off: only at the length)"
        case .newline: "whether the model reads a new line after each typed line"
        case .show: "show the model, the settings and the size of the text"
        case .regen: "replace the last continuation by another"
        case .undo: "take back the last prompt and its continuation; may be repeated"
        case .clear: "start again with an empty text"
        case .load: "change to another model, with an empty text"
        case .help: "show this list"
        case .quit: "leave (so does Ctrl-D)"
        }
    }

    /// Whether the value may be `off`.
    var canBeOff: Bool {
        switch self {
        case .topK, .topP, .minP, .seed, .stop: true
        default: false
        }
    }

    /// Whether the command takes a value.
    var takesValue: Bool {
        switch self {
        case .show, .regen, .undo, .clear, .help, .quit: false
        default: true
        }
    }

    /// The text of `/help`.
    static var helpText: String {
        let width = allCases.map(\.usage.count).max() ?? 0
        let rows = allCases.map { command in
            "  " + command.usage + String(repeating: " ", count: width + 2 - command.usage.count) + command.summary
        }
        let lines =
            [
                "The model reads a line and continues it; after an empty line it continues its own text.",
                "In a line, \\n is a new line, \\t a tab, \\\\ a backslash, \\u{e9} a code point; a first // is one slash.",
                "Ctrl-C stops the text and keeps it. Commands may be shortened; without a value they show it.",
            ] + rows
        return lines.joined(separator: "\n")
    }
}
