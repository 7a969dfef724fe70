internal import ArgumentParser
internal import RunicCorpora
internal import RunicFiles
internal import RunicTerminal

struct CorpusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corpus", abstract: "Download well-known texts by name.",
        subcommands: [CorpusListCommand.self, CorpusGetCommand.self])
}

struct CorpusListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the known corpora.")

    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        if json {
            try Console.json(CorpusListing())
        } else {
            Console.result(CorpusListing().rendered(columns: Terminal.outputColumns))
        }
    }
}

struct CorpusGetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Download a corpus and check its size and SHA-256.",
        discussion: """
            The download is kept in PATH.part until it is complete and checked; the same command continues an \
            interrupted download. runic corpus list names the corpora.
            """)

    @Argument(help: "The corpus.", completion: .list(CorpusCatalogue.all.map(\.name))) var name: String
    @Option(
        name: .output,
        help: ArgumentHelp("File to write. (default: the corpus's file name in this folder)", valueName: "path"),
        completion: .file())
    var out: String?
    @Option(
        help: ArgumentHelp(
            "Download from another address of the same file: https:, http: or file:.", valueName: "address"))
    var from: String?
    @Option(help: ArgumentHelp("The expected SHA-256. (default: the known one)", valueName: "hex"))
    var sha256: String?
    @Flag(help: "Replace an existing file.") var force = false
    @Option(help: "How many times in a row to retry a connection that made no progress.") var retries = 5
    @Option(
        help: ArgumentHelp(
            "Time without data after which a connection counts as broken. (default: \(Int(Self.defaultTimeout))s)",
            valueName: "time"),
        transform: ArgumentValue.seconds)
    var timeout = Self.defaultTimeout
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
            Console.note(
                "the SHA-256 of \(name) is not known, so only the size was checked; to pin it, use --sha256 \(result.sha256)"
            )
        }
        if json { try Console.json(report) } else { Console.result(report.rendered) }
    }

    /// The program `runic-fetch` in the folder of this one.
    private static var helper: String {
        FilePath.joined(FilePath.folder(of: ProcessArguments.program ?? RunicCommand.name), "runic-fetch")
    }

    private static let defaultTimeout = 30.0
}
