/// The commands of the REPL; the raw value is the name after the slash.
public enum REPLCommand: String, CaseIterable, Sendable {
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
        case .temperature: "how freely to draw: 0 takes the likeliest symbol, 1 follows the model"
        case .topK: "draw from the N likeliest symbols only (off: all)"
        case .topP: "draw from the likeliest symbols that make up this share of the probability (off: all)"
        case .minP: "draw from symbols at least X times as likely as the likeliest (off: all)"
        case .seed: "make the draws from here on repeatable (off: a new seed)"
        case .length: "the most symbols of one continuation"
        case .stop: "end a continuation after TEXT; \\n is a new line (off: at the length only)"
        case .newline: "whether the model reads a new line after each typed line"
        case .show: "the model, the settings and the size of the text so far"
        case .regen: "take the last continuation back and draw another"
        case .undo: "take the last prompt and its continuation back; may be repeated"
        case .clear: "forget the whole text"
        case .load: "go on with another model and an empty text"
        case .help: "this list"
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
                "A line is read by the model, which goes on right behind it; an empty line just goes on.",
                "In a line, \\n is a new line, \\t a tab, \\\\ a backslash. //text is text that begins with a slash.",
                "Ctrl-C stops the text and keeps it. Commands may be shortened; without a value they show it.",
            ] + rows
        return lines.joined(separator: "\n")
    }
}
