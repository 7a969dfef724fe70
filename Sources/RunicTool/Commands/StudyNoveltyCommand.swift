internal import ArgumentParser
internal import Runic
internal import RunicStudy
internal import RunicTerminal

struct StudyNoveltyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "novelty", abstract: "Measure how much of what a model writes stands in its training text.",
        discussion: """
            Draws samples and finds every passage of them that occurs in the training part of the text, word for word. The \
            held-out parts of the text are searched for in the same way: a text repeats itself, and a model that has \
            learned it well copies about as much as they do. One that copies much more has memorised. Sample i, counted \
            from 0, uses the seed plus i.
            """)

    @Argument(help: "A .runic archive, or the folder of a run.", completion: .file()) var model: String
    @Argument(
        help: "The files and folders that it was trained on, in the same order; - is standard input.",
        completion: .file())
    var texts: [String]
    @Option(help: "Number of samples.") var samples = NoveltyStudy.Settings().samples
    @Option(help: "Symbols per sample.") var length = NoveltyStudy.Settings().length
    @Flag(help: "Print one JSON object.") var json = false
    @Flag(help: "Replace invalid bytes with U+FFFD instead of stopping.") var repair = false
    @OptionGroup var sampler: SamplerArguments
    @OptionGroup var files: FileArguments
    @OptionGroup var container: ContainerArguments
    @OptionGroup var computing: ComputingArguments
    @OptionGroup var plugins: PluginArguments

    func validate() throws {
        let most = NoveltyStudy.mostSymbols
        for (name, value) in [("--samples", samples), ("--length", length)] where !(1...most).contains(value) {
            throw ValidationError("\(name) is \(value); it must be 1 to \(most)")
        }
        guard samples <= most / length else {
            throw ValidationError(
                "--samples \(samples) of --length \(length) are more than \(most) symbols; make one smaller")
        }
        _ = try sampler.settings()
    }

    func run() throws {
        let model = try ModelLoading.load(self.model, computing, registry: plugins.registry())
        let source = try files.source(texts, for: model, try container.container())
        var settings = NoveltyStudy.Settings()
        (settings.samples, settings.length) = (samples, length)
        settings.sampler = try sampler.settings()
        // A figure that is to be compared is the same each time, unless another seed is asked for.
        settings.sampler.seed = sampler.seed ?? 1
        settings.repair = repair
        settings.container = try container.container()
        InterruptFlag.catchSignals()
        let line = LiveLine()
        let study = try reporting { () throws(StudyError) in
            defer { line.clear() }
            return try NoveltyStudy(model, source, settings) { samples, drawn in
                line.show(text: { "samples up to \(samples): \(drawn) of \(length) symbols" })
            } shouldStop: {
                InterruptFlag.signals.isRequested
            }
        }
        guard let study else { throw ExitCode(130) }
        FileRemarks.show(study.files)
        if let remark = study.remark { Console.warn(remark) }
        if json { try Console.json(study.report) } else { Console.result(study.report.text) }
    }
}
