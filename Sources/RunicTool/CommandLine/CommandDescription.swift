internal import ArgumentParser
internal import Foundation

/// A command with its options, as the parser describes it.
struct CommandDescription: Decodable, Sendable {
    let name: String
    /// One sentence.
    let abstract: String?
    let discussion: String?
    let subcommands: [CommandDescription]?
    private let arguments: [ArgumentDescription]?

    private enum CodingKeys: String, CodingKey {
        case name = "commandName"
        case abstract, discussion, subcommands, arguments
    }

    private struct Dump: Decodable { let command: CommandDescription }

    /// The program.
    static let program: CommandDescription = {
        do {
            _ = try RunicCommand.parseAsRoot(["--experimental-dump-help"])
        } catch {
            let dump = Data(RunicCommand.fullMessage(for: error).utf8)
            if let dump = try? JSONDecoder().decode(Dump.self, from: dump) { return dump.command }
        }
        preconditionFailure("the argument parser describes the program in another format")
    }()

    /// The command of a path from the program; nil if there is none.
    static func of(_ path: [String]) -> CommandDescription? {
        var command: CommandDescription? = program
        for name in path { command = command?.subcommands?.first { $0.name == name } }
        return command
    }

    /// Options and positional arguments in the order of help, with those of the program that all commands share.
    var all: [ArgumentDescription] {
        let own = arguments ?? []
        guard name != Self.program.name else { return own }
        let names = own.flatMap(\.names)
        return own + (Self.program.arguments ?? []).filter { !names.contains($0.names.first ?? "") }
    }

    var positionals: [ArgumentDescription] { all.filter { $0.kind == .positional } }
    var options: [ArgumentDescription] { all.filter { $0.kind != .positional } }

    /// The option of a name such as `--out` or `-o`.
    func option(_ name: String) -> ArgumentDescription? { options.first { $0.names.contains(name) } }
}

/// An option, a flag or a positional argument of a command.
struct ArgumentDescription: Decodable, Sendable {
    enum Kind: String, Decodable { case positional, option, flag }

    let kind: Kind
    /// The heading that it is under; nil for none.
    let section: String?
    let isOptional: Bool
    let isRepeating: Bool
    /// `-o` and `--out`; none of a positional argument.
    let names: [String]
    let valueName: String
    let defaultValue: String?
    /// The values that help lists.
    let values: [String]
    /// The values that a shell may complete: those of help, or others.
    let choices: [String]
    /// Whether its value is the path of a file, or of a folder.
    let isFile, isFolder: Bool
    let abstract: String

    private enum CodingKeys: String, CodingKey {
        case kind, isOptional, isRepeating, names, valueName, defaultValue, completionKind, abstract
        case section = "sectionTitle"
        case values = "allValues"
    }

    private struct Name: Decodable {
        let kind, name: String

        var text: String { (kind == "long" ? "--" : "-") + name }
    }

    private struct Completion: Decodable {
        struct List: Decodable { let values: [String] }
        struct Place: Decodable {}

        let list: List?
        let file, directory: Place?
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        kind = try values.decode(Kind.self, forKey: .kind)
        section = try values.decodeIfPresent(String.self, forKey: .section)
        isOptional = try values.decode(Bool.self, forKey: .isOptional)
        isRepeating = try values.decode(Bool.self, forKey: .isRepeating)
        names = try values.decodeIfPresent([Name].self, forKey: .names)?.map(\.text) ?? []
        valueName = try values.decodeIfPresent(String.self, forKey: .valueName) ?? "value"
        defaultValue = try values.decodeIfPresent(String.self, forKey: .defaultValue)
        self.values = try values.decodeIfPresent([String].self, forKey: .values) ?? []
        let completion = try values.decodeIfPresent(Completion.self, forKey: .completionKind)
        choices = completion?.list?.values ?? self.values
        (isFile, isFolder) = (completion?.file != nil, completion?.directory != nil)
        abstract = try values.decodeIfPresent(String.self, forKey: .abstract) ?? ""
    }
}
