internal import ArgumentParser
internal import RunicDisplay

/// A command, and those that it is below: `study gates`.
struct CommandPath {
    /// The names below the program.
    private(set) var names: [String] = []
    private(set) var command: any ParsableCommand.Type = RunicCommand.self

    /// Follows words as long as they name commands.
    ///
    /// - Throws: ``UsageError`` if a command is wanted and the next word names none.
    init(_ words: [String]) throws(UsageError) {
        for word in words {
            let subcommands = command.configuration.subcommands
            guard !subcommands.isEmpty else { return }
            guard let next = subcommands.first(where: { $0.configuration.commandName == word }) else {
                let meant = Suggestion.phrase(for: word, among: Self.names(of: subcommands))
                throw UsageError(
                    "\(self.name) has no command '\(word)'"
                        + (meant.isEmpty ? "; \(self.name) --help lists the commands" : meant))
            }
            names.append(word)
            command = next
        }
    }

    /// As it is typed: `runic study gates`.
    var name: String { ([RunicCommand.name] + names).joined(separator: " ") }

    /// Whether it does nothing without a subcommand.
    var isGroup: Bool { !command.configuration.subcommands.isEmpty }

    var description: CommandDescription? { CommandDescription.of(names) }

    private static func names(of commands: [any ParsableCommand.Type]) -> [String] {
        commands.compactMap { $0.configuration.commandName }
    }
}

/// Wrong arguments, in one line.
struct UsageError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}
