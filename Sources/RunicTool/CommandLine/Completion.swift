internal import RunicDisplay

/// What a shell can complete the last word of a command line with.
///
/// The scripts of ``CompletionScript`` ask the program itself, so they know its stages, cells and corpora without being
/// made again.
struct Completion {
    /// What is completed if no candidate fits.
    enum Otherwise: String { case files, folders, nothing }

    /// Whole words, prefix included, with a line about each; it may be empty.
    private(set) var candidates: [(word: String, summary: String)] = []
    /// What the word is otherwise.
    private(set) var otherwise = Otherwise.files

    /// The first argument of a request; the words of the line after the program's name follow it.
    static let request = "---candidates"

    /// - Parameter words: after the program's name, up to the cursor; the last one is completed.
    init(_ words: [String]) {
        let current = words.last ?? ""
        let before = words.dropLast()
        var command = CommandDescription.program
        var positionals = 0
        var pending: ArgumentDescription?
        var (used, isTerminated) = ([String](), false)
        for word in before {
            if pending != nil {
                pending = nil
            } else if word == "--", !isTerminated {
                isTerminated = true
            } else if !isTerminated, ProgramArguments.isOption(word) {
                let (name, value) = ProgramArguments.halves(word)
                used.append(name)
                if let option = command.option(name), option.kind == .option, value == nil { pending = option }
            } else if word == "help", used.isEmpty, command.name == RunicCommand.name {
                continue
            } else if let next = command.subcommands?.first(where: { $0.name == word }) {
                command = next
            } else {
                positionals += 1
            }
        }
        if let pending {
            completeValue(of: pending, current, prefix: "")
        } else if !isTerminated, current.utf8.first == UInt8(ascii: "-") {
            let (name, value) = ProgramArguments.halves(current)
            if let value, let option = command.option(name) {
                completeValue(of: option, value, prefix: name + "=")
            } else {
                completeOption(of: command, current, without: used)
            }
        } else if let subcommands = command.subcommands, !isTerminated {
            otherwise = .nothing
            offer(subcommands.map { ($0.name, $0.abstract ?? "") }, beginning: current, prefix: "")
        } else if !command.positionals.isEmpty {
            let place = min(positionals, command.positionals.count - 1)
            completeValue(of: command.positionals[place], current, prefix: "")
        }
    }

    /// The answer for a shell: what is completed otherwise, then a candidate a line, a tab and its summary.
    var text: String {
        let lines = candidates.map { $0.word + "\t" + $0.summary }
        return ([otherwise.rawValue] + lines).joined(separator: "\n") + "\n"
    }

    private mutating func offer(_ words: [(String, String)], beginning: String, prefix: String) {
        candidates += words.filter { $0.0.utf8.starts(with: beginning.utf8) }.map { (prefix + $0.0, $0.1) }
    }

    private mutating func completeOption(of command: CommandDescription, _ current: String, without used: [String]) {
        otherwise = .nothing
        let full = (ProgramArguments.fullHelp.first ?? "", "Show all options.")
        let options = command.options.filter { option in
            option.isRepeating || !option.names.contains { used.contains($0) }
        }
        let words = options.flatMap { option in option.names.map { ($0, HelpPage.shortened(option.abstract)) } }
        // A lone dash could be standard input; short names are for those who know them.
        offer((words + [full]).filter { $0.0.utf8.count > 2 || !current.isEmpty }, beginning: current, prefix: "")
    }

    private mutating func completeValue(of argument: ArgumentDescription, _ value: String, prefix: String) {
        if argument.isFolder { otherwise = .folders }
        let choices = argument.choices
        guard !choices.isEmpty else { return }
        otherwise = .nothing
        offer(choices.map { ($0, "") }, beginning: value, prefix: prefix)
        guard candidates.isEmpty else { return }
        // The last item of a list, if those before are known: `lstm,g`.
        let items = Choice.parts(of: value)
        if items.count > 1, items.dropLast().allSatisfy({ choices.contains($0) }) {
            let done = items.dropLast().joined(separator: ",") + ","
            return offer(choices.map { ($0, "") }, beginning: items.last ?? "", prefix: prefix + done)
        }
        // Another variant of the same name: `lstm:peephole+c`.
        let variants = Choice.pieces(value, at: "+")
        if variants.count > 1, let name = Choice.pieces(value, at: ":").first {
            let known = choices.filter { $0.utf8.starts(with: "\(name):".utf8) }
                .map { String(Substring($0.utf8.dropFirst(name.utf8.count + 1))) }
            let done = variants.dropLast().joined(separator: "+") + "+"
            offer(known.map { ($0, "") }, beginning: variants.last ?? "", prefix: prefix + done)
        }
    }
}
