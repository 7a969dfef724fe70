internal import ArgumentParser
internal import Foundation
internal import RunicCorpora
internal import RunicTerminal

struct CorpusGetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Fetch a corpus, and check its size and SHA-256.",
        discussion: """
            What is fetched waits in PATH.part until it is whole and checked: the same command goes on where \
            an earlier one ended. runic corpus list names the corpora.
            """)

    @Argument(help: "The corpus.") var name: String
    @Option(help: ArgumentHelp("Where it is to be; otherwise its own name, here.", valueName: "path"))
    var out: String?
    @Option(
        help: ArgumentHelp("Another place of the same file: an https:, http: or file: address.", valueName: "address"))
    var from: String?
    @Option(help: ArgumentHelp("The SHA-256 that the text must have, if not the known one.", valueName: "hex"))
    var sha256: String?
    @Flag(help: "Replace another file that is there.") var force = false
    @Option(help: "How often a broken connection is made again without having come on.") var retries = 5
    @Option(
        help: ArgumentHelp(
            "Time without a byte after which a connection counts as broken. (default: 30s)", valueName: "time"),
        transform: ArgumentValue.seconds)
    var timeout = 30.0
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        if let out, out.isEmpty { throw ValidationError("--out is empty; name a file") }
        guard (0...1000).contains(retries) else { throw ValidationError("--retries is \(retries); give 0 to 1000") }
        if let sha256, sha256.utf8.count != 64 || !sha256.allSatisfy({ $0.isASCII && $0.isHexDigit }) {
            throw ValidationError("--sha256 is \(sha256); give 64 hexadecimal digits")
        }
    }

    func run() throws {
        let view = CorpusView()
        // The second Ctrl-C ends the process at once.
        InterruptFlag.catchSignals(endingAfter: 2)
        let result = try reporting { () throws(CorpusError) in
            defer { view.end() }
            let fetch = CorpusFetch(
                try CorpusCatalogue.corpus(named: name), to: out, from: from, sha256: sha256, replaces: force,
                retries: retries, patience: timeout, helper: Self.helper)
            return try fetch.run(watch: view.show, isStopped: { InterruptFlag.signals.isRequested })
        }
        let report = CorpusReport(result)
        if !result.isVerified {
            Console.note("no SHA-256 of \(name) is known: only the size was checked; --sha256 \(result.sha256) pins it")
        }
        if json { try Console.json(report) } else { Console.result(report.rendered) }
    }

    /// The program that lies beside this one.
    private static var helper: String {
        let program = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return program.resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("runic-fetch").path
    }
}
