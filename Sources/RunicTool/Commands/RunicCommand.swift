internal import ArgumentParser
internal import Foundation
internal import RunicDisplay
internal import RunicFiles
internal import RunicTerminal

@main
struct RunicCommand: ParsableCommand {
    /// The name that users type.
    static let name = "runic"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Train, compare, sample and ship character-level language models.",
        discussion: """
            Results go to standard output, everything else to standard error. \
            Exit status: 0 success, 1 failure, 64 wrong arguments.
            """,
        version: RunicVersion.current,
        subcommands: [
            TrainCommand.self, EvaluateCommand.self, SampleCommand.self, REPLCommand.self, CompareCommand.self,
            QuantizeCommand.self, InspectCommand.self, VerifyCommand.self, UnpackCommand.self, TextCommand.self,
            StudyCommand.self, CorpusCommand.self,
        ])

    /// Here for help and completion: ``ProgramArguments`` takes these options out before the parser sees them.
    @OptionGroup var console: ConsoleArguments

    static func main() {
        Descriptor.guardStandardStreams()
        FileLimit.reportAsError()
        let arguments = ProgramArguments.current
        if arguments.isQuiet { Console.beQuiet() }
        if arguments.isColorless { unsafe _ = setenv("NO_COLOR", "1", 1) }
        do {
            if try answers(arguments) { return }
            let path = try CommandPath(arguments.plainWords)
            if arguments.needsCheck, let command = path.description { try arguments.checkPaths(command) }
            run(arguments, path)
        } catch {
            Console.error(error.message)
            Foundation.exit(ExitCode.validationFailure.rawValue)
        }
    }

    /// Answers what is about the program itself: help, and the completion of command lines.
    private static func answers(_ arguments: ProgramArguments) throws(UsageError) -> Bool {
        let words = arguments.words
        if words.first == Completion.request {
            Console.result(Completion(Array(ProcessArguments.all.dropFirst())).text)
            return true
        }
        if let place = words.firstIndex(where: { ProgramArguments.halves($0).name == CompletionScript.option }) {
            let value = ProgramArguments.halves(words[place]).value ?? words.dropFirst(place + 1).first
            let shell = value ?? CompletionShell.autodetected()?.rawValue ?? ""
            Console.result(try CompletionScript(shell: shell).text)
            return true
        }
        var plain = arguments.plainWords
        var extent = arguments.help
        if plain.first == "help" {
            plain.removeFirst()
            extent = extent ?? .brief
        }
        let path = try CommandPath(plain)
        if arguments.plainWords.first == "help", path.names.count < plain.count {
            throw UsageError("\(path.name) has no commands of its own; leave out \(plain[path.names.count])")
        }
        guard extent != nil || path.isGroup && words.count == path.names.count else { return false }
        Console.result(HelpPage(path, extent ?? .brief).text)
        return true
    }

    private static func run(_ arguments: ProgramArguments, _ path: CommandPath) {
        do {
            var command = try parseAsRoot(arguments.words)
            try command.run()
        } catch {
            let wording = path.description.map { Wording($0, arguments) }
            if let failure = error as? Failure {
                Console.error(wording?.line(forFailure: failure.message) ?? failure.message)
                Foundation.exit(ExitCode.failure.rawValue)
            }
            let (code, message) = (exitCode(for: error), message(for: error))
            if code == .success {
                Console.result(message)
            } else if !message.isEmpty {
                // There is none where the user has ended the command.
                Console.error(code == .validationFailure ? wording?.line(for: message) ?? message : message)
            }
            Foundation.exit(code.rawValue)
        }
    }
}

/// What every command says and how.
struct ConsoleArguments: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Print results and errors only: no remarks, warnings or progress.")
    var quiet = false

    @Flag(name: .customLong("no-color"), help: "Print without colour, as with NO_COLOR in the environment.")
    var colorless = false
}

/// The studies of models; each subcommand has a file of its own.
struct StudyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "study", abstract: "Study models: their gates, their memory, their gradients and their novelty.",
        subcommands: [
            StudyGatesCommand.self, StudyMemoryCommand.self, StudyGradientsCommand.self, StudyNoveltyCommand.self,
        ])
}
