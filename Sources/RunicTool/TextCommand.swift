internal import ArgumentParser
internal import Runic

struct TextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "Show what the pipeline makes of texts, and what is wrong with them.",
        discussion: "Invalid bytes are listed by their offsets instead of stopping the report.")

    @Argument(help: "Files and folders; - is standard input.") var texts: [String]
    @Flag(help: "Print one JSON object.") var json = false
    @OptionGroup(title: "Text") var pipeline: PipelineArguments
    @OptionGroup var plugins: PluginArguments

    func run() throws {
        let registry = try PluginArguments.registry(try plugins.load(for: pipeline.description))
        let report = try reporting { () throws(TextError) in
            try TextReport(try TextSource(paths: texts), description: pipeline.description, registry: registry)
        }
        if json { try Console.json(report) } else { Console.result(report.rendered()) }
    }
}
