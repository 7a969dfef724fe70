internal import RunicDisplay

/// The request of a typed line.
public enum TypedLine: Hashable, Sendable {
    /// Text for the model; if it is empty, the model continues its own text.
    case prompt(String)
    /// A command and its value, without the space around it.
    case command(SlashCommand, value: String)

    /// Parses a line.
    ///
    /// A line that begins with `/` is a command; one that begins with `//` is text from the second slash on. A command may be
    /// shortened to any prefix that no other command has. Case does not matter, `_` may replace `-`, and `=` may precede the value.
    ///
    /// - Parameter readsEscapes: whether a backslash in text begins an escape, or is a character like any other.
    /// - Throws: `CommandError` for an unknown or ambiguous command, for a value that the command does not take, and for a
    ///   backslash that begins no escape.
    public init(parsing line: String, readsEscapes: Bool = true) throws(CommandError) {
        let scalars = line.unicodeScalars
        guard scalars.first == "/" else {
            self = .prompt(try Self.text(line, readsEscapes: readsEscapes))
            return
        }
        let rest = scalars.dropFirst()
        guard rest.first != "/" else {
            self = .prompt(try Self.text(String(rest), readsEscapes: readsEscapes))
            return
        }
        let nameEnd = rest.firstIndex { $0 == "=" || $0.properties.isWhitespace } ?? rest.endIndex
        let typed = String(rest[..<nameEnd])
        let value = TypedLine.trimmed(rest[nameEnd...].drop { $0 == "=" })
        let command = try TypedLine.command(named: typed)
        if !command.takesValue, !value.isEmpty {
            throw CommandError("/\(command.rawValue) takes no value; type //… to send text that begins with a slash")
        }
        self = .command(command, value: value)
    }

    /// The text that was typed for the model.
    ///
    /// - Throws: `CommandError` for a backslash that begins no escape.
    static func text(_ typed: String, readsEscapes: Bool) throws(CommandError) -> String {
        guard readsEscapes else { return typed }
        do throws(TextEscapes.UnknownEscape) {
            return try TextEscapes.resolve(typed)
        } catch {
            throw CommandError(error.description)
        }
    }

    private static func command(named typed: String) throws(CommandError) -> SlashCommand {
        let name = String(typed.lowercased().map { $0 == "_" ? "-" : $0 })
        if let command = SlashCommand(rawValue: name) { return command }
        let matches = name.isEmpty ? [] : SlashCommand.allCases.filter { $0.rawValue.hasPrefix(name) }
        if matches.count == 1, let command = matches.first { return command }
        if matches.isEmpty {
            throw CommandError(
                "there is no command /\(shortened(typed)); type /help for the list, or //… to send text that begins with a slash"
            )
        }
        let names = matches.map { "/\($0.rawValue)" }
        throw CommandError("/\(typed) could be \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")")
    }

    private static func trimmed(_ text: Substring.UnicodeScalarView) -> String {
        var text = text.drop { $0.properties.isWhitespace }
        while let last = text.last, last.properties.isWhitespace { text.removeLast() }
        return String(text)
    }

    /// A typed text short enough for a message.
    static func shortened(_ text: String) -> String {
        text.unicodeScalars.count > 40 ? String(text.unicodeScalars.prefix(40)) + "…" : text
    }
}
