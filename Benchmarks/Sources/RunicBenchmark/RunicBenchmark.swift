import ArgumentParser

@main
struct RunicBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runic-benchmark", abstract: "Measure Runic beside what users would pick instead.",
        subcommands: [CompareCommand.self, PeaksCommand.self, ProfileCommand.self])
}
