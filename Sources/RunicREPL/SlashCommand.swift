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
        case .temperature: "0 takes the likeliest symbol, 1 follows the model"
        case .topK: "draw only from the N likeliest symbols (off: all)"
        case .topP: "draw from the likeliest symbols that add up to X (off: all)"
        case .minP: "draw from symbols above X times the likeliest (off: all)"
        case .seed: "make the next draws repeatable (off: a new seed)"
        case .length: "most symbols of a continuation"
        case .stop: "end a continuation before TEXT (off: only at the length)"
        case .newline: "whether the model reads a new line after each typed line"
        case .show: "show the model, the settings and the size of the text"
        case .regen: "replace the last continuation by another"
        case .undo: "take back the last prompt and its continuation; repeatable"
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

    /// The text of `/help`, which fits a terminal of 80 columns and 24 lines.
    ///
    /// - Parameter readsEscapes: whether a backslash in a line begins an escape.
    static func helpText(readsEscapes: Bool) -> String {
        let width = allCases.map(\.usage.count).max() ?? 0
        let rows = allCases.map { command in
            "  " + command.usage + String(repeating: " ", count: width + 2 - command.usage.count) + command.summary
        }
        let escapes = [
            #"Escapes: \n new line, \t tab, \r return, \\ backslash, \u{e9} a code point."#,
            #"A pasted text of several lines is one input; its line ends show as \n."#,
        ]
        let lines =
            ["The model continues the line you type, and its own text after an empty line."]
            + (readsEscapes ? escapes : ["Each line of a pasted text is an input of its own."])
            + [
                "Two slashes begin a text that begins with a slash. Ctrl-C stops and keeps it.",
                "Commands may be shortened; without a value they show it.",
            ] + rows
        return lines.joined(separator: "\n")
    }
}
