internal import ArgumentParser
internal import RunicDisplay
internal import RunicFiles

/// The words for wrong arguments: the parser's, made to read like those of the commands, with what was probably meant.
struct Wording {
    private let command: CommandDescription
    private let arguments: ProgramArguments

    init(_ command: CommandDescription, _ arguments: ProgramArguments) {
        self.command = command
        self.arguments = arguments
    }

    /// The line for a failure before a command has done anything.
    func line(for message: String) -> String {
        // A mistyped option comes first: what is missing may be missing because of it.
        if let option = unknownOption ?? quoted(in: message, after: "Unknown option '") { return refusal(of: option) }
        if message.hasPrefix("Missing value for '--") { return missingValue(message) }
        let line = refusal(message) ?? message
        return line.contains("did you mean") ? line : line + suggestion(for: line)
    }

    /// The line for a failure of a command: a path that is not there may be mistyped.
    func line(forFailure message: String) -> String {
        for path in arguments.words where message.hasPrefix("\(path): ") && message.hasSuffix(SystemError.missing) {
            let folder = FilePath.folder(of: path)
            let names = (try? Folder.names(in: folder)) ?? []
            guard let name = Suggestion.nearest(to: FilePath.fileName(of: path), among: names) else { continue }
            let isBare = !path.utf8.contains(UInt8(ascii: "/"))
            return "\(message); did you mean '\(isBare ? name : FilePath.joined(folder, name))'?"
        }
        return message
    }

    /// The first option that the command does not have. Short ones, which may be joined, are for the parser.
    private var unknownOption: String? {
        arguments.options.first { $0.utf8.starts(with: "--".utf8) && command.option($0) == nil }
    }

    private func refusal(of option: String) -> String {
        // One letter is not mistyped: it is another one's.
        let names = command.options.flatMap(\.names).filter { $0.utf8.starts(with: "--".utf8) }
        let meant =
            option.utf8.starts(with: "--".utf8)
            ? Suggestion.phrase(for: option, among: names + ProgramArguments.fullHelp.prefix(1)) : ""
        return "unknown option \(option)"
            + (meant.isEmpty ? "; \(RunicCommand.name) \(path)--help-all lists the options" : meant)
    }

    /// The command's name with a space after it; nothing for the program.
    private var path: String {
        guard let path = try? CommandPath(arguments.plainWords) else { return "" }
        return path.names.map { $0 + " " }.joined()
    }

    /// Adds how to write a value that begins with a dash, which would be read as an option.
    private func missingValue(_ message: String) -> String {
        guard let name = quoted(in: message, after: "Missing value for '"),
            let place = arguments.words.firstIndex(of: name),
            let value = arguments.words.dropFirst(place + 1).first, ProgramArguments.isOption(value)
        else { return message }
        return "\(message); if the value is \(value), write \((name + "=" + value).shellQuoted)"
    }

    /// A value that is not among those of its option: `--to is int9; it must be int8 or bf16`.
    private func refusal(_ message: String) -> String? {
        guard message.hasPrefix("The value '"), let name = quoted(in: message, after: " is invalid for '"),
            let option = command.option(name), !option.choices.isEmpty,
            let value = values(of: option).first(where: { message.hasPrefix("The value '\($0)' ") })
        else { return nil }
        let choices = option.values.isEmpty ? option.choices : option.values
        return "\(name) is \(value); it must be \(Defaults.list(choices))"
    }

    /// What was meant by the first value on the command line that is not among those of its option.
    private func suggestion(for message: String) -> String {
        for option in command.all where !option.choices.isEmpty {
            for value in values(of: option) {
                for part in Choice.parts(of: value) where isNamed(part, in: message) {
                    if let name = Choice.nearest(to: part, among: option.choices) { return "; did you mean '\(name)'?" }
                }
            }
        }
        return ""
    }

    /// Whether a message names a value, or what follows its colon.
    private func isNamed(_ value: String, in message: String) -> Bool {
        message.contains(value) || Choice.pieces(value, at: ":").dropFirst().contains { message.contains($0) }
    }

    /// The values given for an option.
    private func values(of option: ArgumentDescription) -> [String] {
        var values: [String] = []
        for (index, word) in arguments.words.enumerated() {
            let (name, value) = ProgramArguments.halves(word)
            guard option.names.contains(name) else { continue }
            if let value = value ?? arguments.words.dropFirst(index + 1).first { values.append(value) }
        }
        return values
    }

    /// The option's name in a message of the parser: the word between a mark and the next quote or space.
    private func quoted(in message: String, after mark: String) -> String? {
        guard let start = message.firstRange(of: mark)?.upperBound else { return nil }
        let name = message[start...].prefix { $0 != "'" && $0 != " " }
        return name.hasPrefix("-") ? String(name) : nil
    }
}

/// A value among those that an option takes: a name, or a name with something after a colon, or several with commas.
enum Choice {
    /// The items of a list; a value without commas is its only one.
    static func parts(of value: String) -> [String] { pieces(value, at: ",") }

    /// The choice that was probably meant; nil if the value is one, or is close to none.
    static func nearest(to value: String, among choices: [String]) -> String? {
        let head = pieces(value, at: ":").first ?? value
        let heads = choices.map { pieces($0, at: ":").first ?? $0 }
        // What follows a known name is for others to check, unless it is listed.
        guard heads.contains(head) else { return Suggestion.nearest(to: head, among: heads) }
        let variants = choices.filter { $0.utf8.starts(with: "\(head):".utf8) }
        return variants.isEmpty || head == value ? nil : Suggestion.nearest(to: value, among: variants)
    }

    /// A text cut at a byte: as a `Character` it can be one with the combining mark after it.
    static func pieces(_ text: String, at byte: Unicode.Scalar) -> [String] {
        text.utf8.split(separator: UInt8(ascii: byte), omittingEmptySubsequences: false).map { String(Substring($0)) }
    }
}
