internal import ArgumentParser

/// What looks into models; each study is a subcommand in a file of its own.
struct StudyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "study", abstract: "Look into models: what gates do, and how cells remember.",
        subcommands: [StudyGatesCommand.self, StudyMemoryCommand.self, StudyGradientsCommand.self])
}
