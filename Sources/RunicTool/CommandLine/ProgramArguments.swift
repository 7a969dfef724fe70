internal import RunicFiles

/// The arguments of this process as its commands read them.
///
/// Options that every command has are taken out first, so that they may stand anywhere before a lone `--`. No value of
/// another option can be taken for one: a value that begins with a dash must follow an equals sign.
struct ProgramArguments: Sendable {
    /// The arguments of this process.
    static let current = ProgramArguments(ProcessArguments.all)

    /// The arguments for the parser.
    let words: [String]
    /// `--quiet`: no remarks, no warnings, no progress.
    let isQuiet: Bool
    /// `--no-color`.
    let isColorless: Bool
    /// The help that is asked for; nil for none.
    let help: HelpPage.Extent?

    /// Prepares the arguments after the program's name.
    init(_ arguments: [String]) {
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        let options = arguments[..<end]
        isQuiet = options.contains { Self.quiet.contains($0) }
        isColorless = options.contains { Self.colorless.contains($0) }
        help =
            if options.contains(where: { Self.fullHelp.contains($0) }) {
                .all
            } else if options.contains(where: { Self.briefHelp.contains($0) }) {
                .brief
            } else {
                nil
            }
        let taken = Self.quiet + Self.colorless + Self.fullHelp + Self.briefHelp
        words = options.filter { !taken.contains($0) }.flatMap(Self.split) + arguments[end...]
    }

    static let quiet = ["-q", "--quiet"]
    static let colorless = ["--no-color", "--no-colour"]
    static let briefHelp = ["-h", "--help"]
    static let fullHelp = ["--help-all", "--help-hidden"]

    /// The words before a lone `--` that are no options, and no values of options with an equals sign.
    var plainWords: [String] {
        words.prefix { $0 != "--" }.filter { !Self.isOption($0) }
    }

    /// The options in the order given, without values: `--out RUN --epochs=3` gives `--out` and `--epochs`.
    var options: [String] {
        words.prefix { $0 != "--" }.filter { Self.isOption($0) }.map { Self.halves($0).name }
    }

    /// Whether an argument is an option; a lone dash is standard input.
    static func isOption(_ argument: String) -> Bool {
        argument.utf8.first == UInt8(ascii: "-") && argument.utf8.count > 1
    }

    /// `--name=value` in two where the parser would not see the value.
    ///
    /// The parser looks for `=` as a `Character`, which it is not if the value begins with a combining mark, a variation
    /// selector or a joiner; and it reads `--name=` as `--name`. A value that begins with a dash stays with its name.
    private static func split(_ argument: String) -> [String] {
        guard isOption(argument) else { return [argument] }
        let (name, value) = halves(argument)
        guard let value, value.isEmpty || !argument.contains("=" as Character) else { return [argument] }
        return [name, value]
    }

    /// The name and the value of `--name=value`, split at the first byte that is an equals sign; no value without one.
    static func halves(_ argument: String) -> (name: String, value: String?) {
        guard let place = argument.utf8.firstIndex(of: UInt8(ascii: "=")) else { return (argument, nil) }
        let value = argument.utf8[argument.utf8.index(after: place)...]
        return (String(Substring(argument.utf8[..<place])), String(Substring(value)))
    }
}

extension ProgramArguments {
    /// Whether there is anything for ``checkPaths(_:)`` to refuse; a description takes longer to make than many a command takes
    /// to run.
    var needsCheck: Bool { words.contains { $0.isEmpty || !PathBytes.isPlain($0) } }

    /// Refuses paths that are empty, and bytes that are not UTF-8 wherever no path is wanted.
    func checkPaths(_ command: CommandDescription) throws(UsageError) {
        var pending: ArgumentDescription?
        // The option as it was typed, since it may have other names, but not by a letter.
        var typed = ""
        for word in words {
            let (name, value) = Self.halves(word)
            let option = pending ?? (Self.isOption(word) ? command.option(name) : nil)
            if pending == nil, let option { typed = name.hasPrefix("--") ? name : option.names.last ?? name }
            let isValue = pending != nil || value != nil
            pending = pending == nil && value == nil && option?.kind == .option ? option : nil
            guard word.isEmpty || !PathBytes.isPlain(word) else { continue }
            let place = option ?? command.positionals.first
            let isPath = place.map { $0.isFile || $0.isFolder } == true && (isValue || option == nil)
            if isPath, word.isEmpty {
                let label = option == nil ? "a path is empty, as is a variable that is not set" : "\(typed) is empty"
                throw UsageError("\(label); name a \(place?.isFolder == true ? "folder" : "file")")
            }
            guard !isPath, !word.isEmpty else { continue }
            let label = option == nil ? "an argument" : "the value of \(typed)"
            throw UsageError("\(label) is not UTF-8: \(word); only paths may have other bytes")
        }
    }
}
