internal import ArgumentParser

/// What looks into models; each study is a subcommand in a file of its own.
struct StudyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "study", abstract: "Look into a model: what its gates do.",
        subcommands: [StudyGatesCommand.self])
}
