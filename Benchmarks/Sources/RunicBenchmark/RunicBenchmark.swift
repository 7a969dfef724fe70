import ArgumentParser

@main
struct RunicBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runic-benchmark", abstract: "Measure Runic against the alternatives.",
        subcommands: [CompareCommand.self, PeaksCommand.self, ProfileCommand.self])
}
