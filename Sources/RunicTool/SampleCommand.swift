internal import ArgumentParser
internal import Foundation
internal import Runic
internal import RunicREPL
internal import RunicTerminal

/// How symbols are drawn, as options of a command.
struct SamplerArguments: ParsableArguments {
    @Option(help: "0 always takes the most probable symbol; 1 draws as the model says.")
    var temperature = 0.8
    @Option(name: .customLong("top-k"), help: "Draw from so many most probable symbols.")
    var topK: Int?
    @Option(name: .customLong("top-p"), help: "Draw from the most probable symbols of this mass.")
    var topP: Double?
    @Option(name: .customLong("min-p"), help: "Draw from symbols at least this share as probable as the first.")
    var minP: Double?
    @Option(help: "The same seed draws the same text.")
    var seed: UInt64?

    func settings() throws -> SamplerSettings {
        let settings = SamplerSettings(temperature: temperature, topK: topK, topP: topP, minP: minP, seed: seed)
        do {
            try settings.validate()
        } catch {
            throw ValidationError("\(error)")
        }
        return settings
    }
}

struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Let a model write.",
        discussion: "Prints the prompt and what the model writes behind it; several samples with a line of --- between."
    )

    @Argument(help: "A .runic archive.") var model: String
    @Option(help: "The text to go on from.") var prompt = ""
    @Option(help: "Symbols to draw.") var length = 400
    @OptionGroup var sampler: SamplerArguments
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
        let model = try ModelLoading.load(self.model)
        var settings = try sampler.settings()
        InterruptFlag.catchSignals()
        var prompted = model.start()
        let reading: TextModel.Reading = model.read(prompt, into: &prompted)
        if reading.unseen > 0 {
            Console.note("runic: \(reading.unseen) symbols of the prompt are not in the model's vocabulary")
        }
        for index in 0..<count {
            if index > 0 { Console.result("---") }
            if let seed = sampler.seed { settings.seed = seed &+ UInt64(index) }
            var drawing = try reporting { () throws(SamplingError) in try model.makeSampler(settings) }
            var context = prompted
            var output = SampleOutput(stops: stop.map { Array($0.utf8) })
            output.write(Array(prompt.utf8), searchesStops: false)
            for _ in 0..<length where !output.isStopped && !InterruptFlag.signals.isRequested {
                output.write(model.next(&context, sampler: &drawing), searchesStops: true)
            }
            output.finish()
            if InterruptFlag.signals.isRequested { return }
        }
    }
}
