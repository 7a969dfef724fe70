internal import ArgumentParser
internal import Foundation
internal import Runic
internal import RunicREPL
internal import RunicTerminal

struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Generate text with a model.",
        discussion: """
            Prints the prompt and its continuation; a line with --- separates samples. Sample i, counted from 0, uses \
            the seed plus i. With --count \(SampleRequest.fewestSideBySide) or more, samples are drawn in parallel: their \
            text then depends on --count as well as on the seed, except in int8.
            """)

    @Argument(help: "A .runic archive.", completion: .file()) var model: String
    @Option(help: "The text to continue.") var prompt = ""
    @Option(help: "Symbols per sample.") var length = Defaults.length
    @OptionGroup var sampler: SamplerArguments
    @OptionGroup var computing: ComputingArguments
    @OptionGroup var plugins: PluginArguments
    @Option(help: "End a sample before this text. Repeatable.") var stop: [String] = []
    @Option(help: "Number of samples.") var count = 1

    func validate() throws {
        guard length >= 0 else { throw ValidationError("--length is \(length); it must be 0 or more") }
        guard (1...1_000_000).contains(count) else {
            throw ValidationError("--count is \(count); it must be 1 to 1000000")
        }
        guard !stop.contains("") else { throw ValidationError("--stop is empty; give a text") }
        _ = try sampler.settings()
    }

    func run() throws {
        let model = try ModelLoading.load(self.model, computing, registry: plugins.registry())
        let settings = try sampler.settings()
        InterruptFlag.catchSignals()
        var prompted = model.start()
        let report = model.read(prompt, into: &prompted)
        if let failure = report.failure { throw Failure(failure) }
        if let notice = report.notice { Console.note("runic: \(notice)") }
        let request = SampleRequest(
            model: model, context: prompted, prompt: Array(prompt.utf8), length: length, count: count,
            stops: stop.map { Array($0.utf8) })
        let makeSampler = { (index: Int) throws -> Sampler in
            var own = settings
            if let seed = sampler.seed { own.seed = seed &+ UInt64(index) }
            return try reporting { () throws(SamplingError) in try model.makeSampler(own) }
        }
        if count < SampleRequest.fewestSideBySide {
            try request.drawOneByOne(makeSampler)
        } else {
            try request.drawSideBySide(makeSampler)
        }
    }
}
