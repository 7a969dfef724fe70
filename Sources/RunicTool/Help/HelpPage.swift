internal import RunicDisplay
internal import RunicTerminal

/// The help of a command, at most 80 columns wide.
struct HelpPage {
    /// How much of it is shown.
    enum Extent {
        /// `--help`: what most people need.
        case brief
        /// `--help-all`: every option, under headings.
        case all
    }

    private let path: CommandPath
    private let extent: Extent
    private let columns: Int

    /// - Parameter columns: the width of the terminal.
    init(_ path: CommandPath, _ extent: Extent, columns: Int = (Terminal.outputColumns ?? 80)) {
        self.path = path
        self.extent = extent
        self.columns = min(max(columns, 40), 80)
    }

    /// The page, with a line feed at its end.
    var text: String {
        guard let command = path.description else { return "" }
        let guide = (path.command as? any GuidedCommand.Type)?.guide
        // A page that shows all options has room for what else there is to know.
        let isShort = extent == .brief && !(guide?.options ?? []).isEmpty
        var parts = [wrapped(command.abstract ?? "")]
        if let discussion = command.discussion, !isShort { parts.append(wrapped(discussion)) }
        parts.append(usage(guide))
        if isShort, let guide {
            let named = guide.options.compactMap { command.option($0) }
            parts.append(rows(command.positionals + named, in: command, isShort: true).joined(separator: "\n"))
        } else {
            parts += sections(of: command)
        }
        if let subcommands = command.subcommands?.filter({ $0.name != "help" }), !subcommands.isEmpty {
            let rows = subcommands.map { ($0.name, $0.abstract ?? "") }
            parts.append(heading("Commands") + table(rows).joined(separator: "\n"))
        }
        if let guide {
            parts.append(heading("Examples") + guide.examples.map { "  runic \($0)" }.joined(separator: "\n"))
        }
        let end = closing(isShort: isShort)
        if !end.isEmpty { parts.append(end) }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func heading(_ title: String) -> String { title.uppercased() + ":\n" }

    private func usage(_ guide: CommandGuide?) -> String {
        let calls = guide?.usage ?? ["COMMAND"]
        let lines = calls.map { wrapped("\(path.name) \($0)", first: "       ", indent: "         ") }
        return "USAGE: " + lines.joined(separator: "\n").drop { $0 == " " }
    }

    private func sections(of command: CommandDescription) -> [String] {
        var parts: [String] = []
        if !command.positionals.isEmpty {
            parts.append(heading("Arguments") + rows(command.positionals, in: command).joined(separator: "\n"))
        }
        let untitled = command.options.filter { $0.section == nil }
        let ordered = untitled.filter { !$0.isOptional } + untitled.filter(\.isOptional)
        parts.append(heading("Options") + rows(ordered, in: command).joined(separator: "\n"))
        var titles: [String] = []
        for case let title? in command.options.map(\.section) where !titles.contains(title) { titles.append(title) }
        return parts
            + titles.map { title in
                let members = command.options.filter { $0.section == title }
                return heading(title) + rows(members, in: command).joined(separator: "\n")
            }
    }

    /// What follows the examples.
    private func closing(isShort: Bool) -> String {
        if isShort { return wrapped("\(path.name) --help-all shows all options.") }
        guard path.isGroup else { return "" }
        var lines = wrapped(
            "\(RunicCommand.name) help \((path.names + ["COMMAND"]).joined(separator: " ")) explains one.")
        if path.names.isEmpty, let place = Documentation.place { lines += "\nDocumentation: \(place)" }
        return lines
    }

    private func rows(
        _ arguments: [ArgumentDescription], in command: CommandDescription, isShort: Bool = false
    ) -> [String] {
        table(
            arguments.filter { !isNegation($0, in: command) }
                .map { (label(of: $0, in: command), explanation(of: $0, isShort: isShort)) })
    }

    /// Whether a flag is `--no-X` of a flag `--X`, with which it shares a row.
    private func isNegation(_ argument: ArgumentDescription, in command: CommandDescription) -> Bool {
        guard let name = argument.names.first, name.hasPrefix("--no-") else { return false }
        return command.option("--" + name.dropFirst(5)) != nil
    }

    private func label(of argument: ArgumentDescription, in command: CommandDescription) -> String {
        switch argument.kind {
        case .positional: return "<\(argument.valueName)>" + (argument.isRepeating ? " ..." : "")
        case .option: return sorted(argument.names) + " <\(argument.valueName)>"
        case .flag:
            let names = sorted(argument.names)
            guard let name = argument.names.first, name.hasPrefix("--"),
                let negation = command.option("--no-" + name.dropFirst(2))
            else { return names }
            return names + "/" + sorted(negation.names)
        }
    }

    /// The names of an option, short ones first.
    private func sorted(_ names: [String]) -> String {
        (names.filter { $0.utf8.count == 2 } + names.filter { $0.utf8.count > 2 }).joined(separator: ", ")
    }

    private func explanation(of argument: ArgumentDescription, isShort: Bool) -> String {
        let values = argument.values.isEmpty ? nil : "values: \(argument.values.joined(separator: ", "))"
        let standard = argument.defaultValue.map { "default: \($0)" }
        let facts = [values, standard].compactMap(\.self).joined(separator: "; ")
        let text = isShort ? Self.shortened(argument.abstract) : argument.abstract
        return text + (facts.isEmpty ? "" : " (\(facts))")
    }

    /// The first sentence, and the default in as few words as there are.
    static func shortened(_ text: String) -> String {
        guard let end = text.firstRange(of: ". ") else { return text }
        let sentence = String(text[..<end.lowerBound]) + "."
        guard let standard = text.firstRange(of: "(default: "),
            let close = text[standard.upperBound...].firstIndex(of: ")")
        else { return sentence }
        let value = text[standard.upperBound..<close].prefix { $0 != ";" }
        // That there is none goes without saying.
        guard !value.hasPrefix("no ") else { return sentence }
        return "\(sentence) (default: \(value.replacing(Defaults.presetWords, with: "")))"
    }

    /// Two columns; a label too long for its column has a line of its own.
    private func table(_ rows: [(label: String, text: String)]) -> [String] {
        let width = min(rows.map { $0.label.count }.max() ?? 0, 22) + 4
        let indent = String(repeating: " ", count: width)
        return rows.flatMap { row -> [String] in
            let label = "  " + row.label
            guard !row.text.isEmpty else { return [label] }
            guard label.count + 2 <= width else { return [label, wrapped(row.text, first: indent, indent: indent)] }
            let first = label + String(repeating: " ", count: width - label.count)
            return [wrapped(row.text, first: first, indent: indent)]
        }
    }

    private func wrapped(_ text: String, first: String = "", indent: String = "") -> String {
        var (lines, line, isEmpty) = ([String](), first, true)
        for word in text.split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > columns {
                lines.append(line)
                (line, isEmpty) = (indent, true)
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
