internal import ArgumentParser
internal import Foundation
internal import RunicDisplay
internal import RunicFiles
internal import RunicTerminal

@main
struct RunicCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runic",
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

    static func main() {
        Descriptor.guardStandardStreams()
        FileLimit.reportAsError()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            leave(with: error)
        }
    }

    private static func leave(with error: any Error) -> Never {
        if let failure = error as? Failure {
            Console.error(failure.message)
            Foundation.exit(1)
        }
        guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
        Console.error(explained(message(for: error)))
        Foundation.exit(ExitCode.validationFailure.rawValue)
    }

    /// Adds how to write a value that begins with a dash, which would be read as an option.
    private static func explained(_ message: String) -> String {
        guard message.hasPrefix("Missing value for '--"),
            let option = message.split(whereSeparator: { $0 == "'" || $0 == " " }).first(where: { $0.hasPrefix("--") }),
            let place = CommandLine.arguments.firstIndex(of: String(option)),
            let value = CommandLine.arguments.dropFirst(place + 1).first, value.hasPrefix("-")
        else { return message }
        return "\(message); if the value is \(value), write \((option + "=" + value).shellQuoted)"
    }
}

/// The studies of models; each subcommand has a file of its own.
struct StudyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "study", abstract: "Study models: their gates, their memory and their gradients.",
        subcommands: [StudyGatesCommand.self, StudyMemoryCommand.self, StudyGradientsCommand.self])
}
