internal import ArgumentParser
internal import Foundation
internal import Runic
internal import RunicREPL
internal import RunicTerminal

struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Let a model write.",
        discussion: """
            Prints the prompt and what the model writes behind it; several samples with a line of --- between. Sample \
            number i, from 0, has the seed plus i. Many samples are drawn side by side: the same seed then draws the same text \
            again for the same --count, and in int8 for any.
            """
    )

    @Argument(help: "A .runic archive.") var model: String
    @Option(help: "The text to go on from.") var prompt = ""
    @Option(help: "Symbols to draw.") var length = 400
    @OptionGroup var sampler: SamplerArguments
    @OptionGroup var computing: ComputingArguments
    @OptionGroup var plugins: PluginArguments
    @Option(help: "Stop before this text; repeatable.") var stop: [String] = []
    @Option(help: "Samples to draw.") var count = 1

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
