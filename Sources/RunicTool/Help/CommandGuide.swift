internal import ArgumentParser

/// What the help of a command begins with.
struct CommandGuide: Sendable {
    /// How it is called, a line each, after its name: `TEXT... --out RUN [OPTIONS]`.
    let usage: [String]
    /// The options that most people need, in order, those that are required first; none if all of them are shown.
    var options: [String] = []
    /// Whole command lines without the program's name.
    let examples: [String]
}

/// A command with a guide.
protocol GuidedCommand: ParsableCommand {
    static var guide: CommandGuide { get }
}
