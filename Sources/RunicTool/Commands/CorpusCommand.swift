internal import ArgumentParser
internal import RunicCorpora

struct CorpusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corpus", abstract: "Fetch well-known texts by their names.",
        subcommands: [CorpusListCommand.self, CorpusGetCommand.self])
}

struct CorpusListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the corpora that are known by name.")

    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        if json { try Console.json(CorpusListing()) } else { Console.result(CorpusListing().rendered) }
    }
}
