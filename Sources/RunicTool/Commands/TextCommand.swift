internal import ArgumentParser
internal import Runic
internal import RunicInspection
internal import RunicTraining

struct TextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text",
        abstract: "Show what the pipeline makes of texts, what is wrong with them, and what training takes.",
        discussion: """
            Invalid bytes are listed by their offsets instead of stopping the report. For the times of the presets, training \
            steps are run for a few seconds.
            """)

    @Argument(help: "Files and folders; - is standard input.") var texts: [String] = []
    @Flag(help: "Print one JSON object.") var json = false
    @Option(help: ArgumentHelp("Write a page with charts, too.", valueName: "page")) var html: String?
    @Option(
        help: ArgumentHelp("How many symbols the table has, or all.", valueName: "n|all"),
        transform: { argument in
            guard let count = argument == "all" ? Int.max : Int(argument), count >= 0 else {
                throw ValidationError("give a number, or all")
            }
            return count
        })
    var symbols = 20
    @Flag(inversion: .prefixedNo, help: "Run training steps to tell what each preset would take.") var estimate = true
    @OptionGroup(title: "Text") var pipeline: PipelineArguments
    @OptionGroup var plugins: PluginArguments
    @OptionGroup(title: "Parts") var parts: SplitArguments
    @OptionGroup var workers: ThreadsArgument

    @Option(
        help: ArgumentHelp(
            "Show where symbols of a file come from instead: number 7, or 100-120; 0 is the first.",
            valueName: "symbols"),
        transform: { argument in
            guard let range = TracedSymbols.range(argument) else {
                throw ValidationError("give a number such as 7, or two such as 100-120")
            }
            return range
        })
    var trace: Range<Int>?

    @Flag(help: "List the stages that a pipeline can have, and their options.") var stages = false

    func validate() throws {
        guard stages || !texts.isEmpty else {
            throw ValidationError("no text is given; name files or folders, or - for standard input")
        }
        guard !stages || texts.isEmpty else { throw ValidationError("--stages reads no texts; leave them out") }
        guard trace == nil || texts.count == 1 && texts != [TextFile.standardInputPath] else {
            throw ValidationError("--trace follows symbols of one file; name that alone")
        }
        _ = try pipeline.plan()
        var settings = TrainingSettings()
        parts.apply(to: &settings)
        do {
            try settings.validate()
        } catch {
            throw ValidationError(error.description)
        }
        if let html { try OutputPath.check(html, option: "--html", reading: texts) }
    }

    func run() throws {
        let plan = try pipeline.plan()
        if stages {
            let registry = try plugins.registry()
            for (name, summary) in registry.summaries { Console.result("\(name): \(summary)") }
            return
        }
        if let trace { return try follow(trace, plan.description) }
        var options = InspectionOptions()
        options.pipeline = plan.description
        let registry = try PluginArguments.registry(try plugins.load(for: plan.description))
        (options.split, options.streams) = (parts.split ?? options.split, parts.splitStreams ?? 1)
        options.documentSeparator = parts.documentSeparator
        (options.estimates, options.threads, options.symbols) = (estimate, workers.threads, symbols)
        let line = LiveLine()
        line.show { "reading \(texts.joined(separator: ", "))" }
        let report = try reporting { () throws(RunicError) in
            defer { line.clear() }
            return try TextInspector(options, registry: registry).examine(paths: texts)
        }
        if let html {
            let page = InspectionPage(report, title: texts.joined(separator: ", ")).markup
            try ResultFiles.write(page, to: html)
        }
        if json { try Console.json(report) } else { Console.result(report.rendered()) }
    }

    private func follow(_ wanted: Range<Int>, _ description: PipelineDescription) throws {
        let registry = try PluginArguments.registry(try plugins.load(for: description))
        let lines = try reporting { () throws(TextError) in
            let pipeline = try TextPipeline(description, registry: registry)
            let source = try TextSource(paths: texts)
            var found: [TracedSymbol] = []
            // A folder of one file is as good as the file.
            for file in source.files.prefix(1) { found = try pipeline.trace(file, symbols: wanted) }
            return TracedSymbols.lines(found, from: wanted.lowerBound, unit: pipeline.unit)
        }
        guard !lines.isEmpty else {
            throw Failure("\(texts[0]): the text has no symbol \(wanted.lowerBound)")
        }
        Console.result(lines.joined(separator: "\n"))
    }
}
