internal import ArgumentParser
internal import Runic
internal import RunicInspection
internal import RunicTraining

struct TextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text",
        abstract: "Inspect texts: their symbols, their problems, and how long training would take.",
        discussion: """
            The report lists invalid bytes by offset instead of stopping at them. To estimate the training time of each \
            preset, training steps run for a few seconds.
            """)

    @Argument(help: "Files and folders; - is standard input.", completion: .file()) var texts: [String] = []
    @Flag(help: "Print one JSON object.") var json = false
    @Option(
        name: [.long, .customShort("o"), .customLong("out")],
        help: ArgumentHelp("Also write a page with charts.", valueName: "page"), completion: .file()) var html: String?
    @Option(
        help: ArgumentHelp(
            "Rows in the table of symbols, or all. (default: \(InspectionOptions().symbols))", valueName: "n|all"),
        transform: { argument in
            guard let count = argument == "all" ? Int.max : Int(argument), count >= 0 else {
                throw ValidationError("give a number, or all")
            }
            return count
        })
    var symbols = InspectionOptions().symbols
    @Flag(inversion: .prefixedNo, help: "Estimate the training time of each preset.") var estimate = true
    @OptionGroup var files: FileArguments
    @OptionGroup(title: "Text") var pipeline: PipelineArguments
    @OptionGroup var plugins: PluginArguments
    @OptionGroup(title: "Parts") var parts: SplitArguments
    @OptionGroup var workers: ThreadsArgument

    @Option(
        help: ArgumentHelp(
            "Instead of the report, show where symbols of a file come from: 7, or 100-120, counted from 0.",
            valueName: "symbols"),
        transform: { argument in
            guard let range = TracedSymbols.range(argument) else {
                throw ValidationError("give a number such as 7, or two such as 100-120")
            }
            return range
        })
    var trace: Range<Int>?

    @Flag(help: "Instead of a report, list all stages and their options.") var stages = false

    func validate() throws {
        guard stages || !texts.isEmpty else {
            throw ValidationError("no text is given; name files or folders, or - for standard input")
        }
        guard !stages || texts.isEmpty else { throw ValidationError("--stages reads no texts; leave them out") }
        guard trace == nil || texts.count == 1 && texts != [TextFile.standardInputPath] else {
            throw ValidationError("--trace follows the symbols of one file; name one file")
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
        (options.vocabulary, options.files) = (plan.vocabulary, files.filter)
        let registry = try PluginArguments.registry(try plugins.load(for: plan.description))
        (options.split, options.streams) = (parts.split ?? options.split, parts.splitStreams ?? 1)
        options.documentSeparator = parts.documentSeparator
        (options.estimates, options.threads, options.symbols) = (estimate, workers.threads, symbols)
        let line = LiveLine()
        line.show(text: { "reading \(texts.joined(separator: ", "))" })
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
        let pipeline = try reporting { () throws(TextError) in try TextPipeline(description, registry: registry) }
        // A folder of one file is as good as the file.
        let source = try files.source(texts, for: pipeline)
        guard source.files.count == 1, let file = source.files.first else {
            throw Failure("\(texts[0]): has \(source.files.count) files; --trace follows the symbols of one")
        }
        let lines = try reporting { () throws(TextError) in
            TracedSymbols.lines(
                try pipeline.trace(file, symbols: wanted), from: wanted.lowerBound, unit: pipeline.unit)
        }
        guard !lines.isEmpty else {
            throw Failure("\(texts[0]): the text has no symbol \(wanted.lowerBound)")
        }
        Console.result(lines.joined(separator: "\n"))
    }
}
