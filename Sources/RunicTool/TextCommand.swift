internal import ArgumentParser
internal import Runic

struct TextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "Show what the pipeline makes of texts, and what is wrong with them.",
        discussion: "Invalid bytes are listed by their offsets instead of stopping the report.")

    @Argument(help: "Files and folders; - is standard input.") var texts: [String] = []
    @Flag(help: "Print one JSON object.") var json = false
    @OptionGroup(title: "Text") var pipeline: PipelineArguments
    @OptionGroup var plugins: PluginArguments

    @Flag(help: "List the stages that a pipeline can have, and their options.") var stages = false

    func validate() throws {
        guard stages || !texts.isEmpty else {
            throw ValidationError("no text is given; name files or folders, or - for standard input")
        }
        guard !stages || texts.isEmpty else { throw ValidationError("--stages reads no texts; leave them out") }
        _ = try pipeline.plan()
    }

    func run() throws {
        let plan = try pipeline.plan()
        if stages {
            let registry = try plugins.registry()
            for (name, summary) in registry.summaries { Console.result("\(name): \(summary)") }
            return
        }
        let registry = try PluginArguments.registry(try plugins.load(for: plan.description))
        let report = try reporting { () throws(TextError) in
            try TextReport(try TextSource(paths: texts), description: plan.description, registry: registry)
        }
        if json { try Console.json(report) } else { Console.result(report.rendered()) }
    }
}
