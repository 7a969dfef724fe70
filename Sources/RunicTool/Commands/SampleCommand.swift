internal import ArgumentParser
internal import Foundation
internal import Runic
internal import RunicTerminal

struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Generate text with a model.",
        discussion: """
            Prints the prompt and its continuation; a line with --- separates samples. A prompt file of more than \
            \(PromptFile.echoLimit >> 20) MiB is not printed again. Sample i, counted from 0, uses the seed plus i; \
            without --seed, the one that was chosen is told. With --count \(SampleRequest.fewestSideBySide) or more, samples are drawn in parallel: their \
            text then depends on --count as well as on the seed, except in int8.
            """)

    @Argument(help: "A .runic archive, or the folder of a run.", completion: .file()) var model: String
    @Option(
        help: #"The text to continue; \n, \t, \r, \\, \u{…} and, for a byte, \xHH in it are escapes."#,
        transform: TypedBytes.argument)
    var prompt: TypedBytes?
    @Option(
        help: ArgumentHelp("Continue the text in this file, as it is; - is standard input.", valueName: "file"),
        completion: .file())
    var promptFile: String?
    @Option(help: "Symbols per sample.") var length = Defaults.length
    @OptionGroup var sampler: SamplerArguments
    @OptionGroup var computing: ComputingArguments
    @OptionGroup var plugins: PluginArguments
    @Option(
        help: "End a sample before this text, which has escapes like --prompt. Repeatable.",
        transform: TypedBytes.argument)
    var stop: [TypedBytes] = []
    @Flag(help: TypedText.switchHelp) var noEscape = false
    @Option(help: "Number of samples.") var count = 1

    func validate() throws {
        guard length >= 0 else { throw ValidationError("--length is \(length); it must be 0 or more") }
        guard (1...1_000_000).contains(count) else {
            throw ValidationError("--count is \(count); it must be 1 to 1000000")
        }
        guard !stop.contains(TypedBytes(bytes: [])) else { throw ValidationError("--stop is empty; give a text") }
        guard prompt == nil || promptFile == nil else {
            throw ValidationError("--prompt and --prompt-file are two prompts; leave out one")
        }
        guard promptFile != "" else { throw ValidationError("--prompt-file is empty; name a file") }
        _ = try sampler.settings()
    }

    func run() throws {
        var model = try ModelLoading.load(self.model, computing, registry: plugins.registry())
        try sampler.apply(to: &model)
        let settings = try sampler.settings()
        InterruptFlag.catchSignals()
        let stopText = model.stopText(bytes: stop.map(\.bytes))
        for problem in stopText.problems { Console.warn(problem) }
        let start = try start(model)
        try ModelLoading.refuse(self.model, unlessFinite: start.context.isFinite)
        let request = SampleRequest(
            model: model, path: self.model, context: start.context, prompt: start.shown, length: length, count: count,
            stop: stopText)
        let seed = sampler.seed ?? UInt64.random(in: 1...999_999_999)
        if sampler.seed == nil && settings.temperature > 0 && length > 0 {
            Console.note("runic: seed \(seed); --seed \(seed) draws this again")
        }
        let makeSampler = { [model] (index: Int) throws -> Sampler in
            var own = settings
            own.seed = seed &+ UInt64(index)
            return try reporting { () throws(SamplingError) in try model.makeSampler(own) }
        }
        if count < SampleRequest.fewestSideBySide {
            try request.drawOneByOne(makeSampler)
        } else {
            try request.drawSideBySide(makeSampler)
        }
    }

    /// Reads the prompt: the context after it, and its bytes as they are printed.
    private func start(_ model: TextModel) throws -> (context: TextModel.Context, shown: [UInt8]) {
        guard let promptFile else {
            var context = model.start()
            let prompt = prompt?.bytes ?? []
            let report = try PromptFile.naming("--prompt") { () throws(RunicError) in
                try model.read(bytes: prompt, into: &context)
            }
            if let notice = report.notice { Console.note("runic: \(notice)") }
            return (context, prompt)
        }
        let file = try PromptFile(promptFile, for: model)
        if let notice = file.report.notice { Console.note("runic: \(notice)") }
        return (file.context, file.echo ?? [])
    }
}
