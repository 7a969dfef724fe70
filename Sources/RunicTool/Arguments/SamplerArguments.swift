internal import ArgumentParser
internal import Runic

/// How symbols are drawn, as options of a command.
struct SamplerArguments: ParsableArguments {
    @Option(help: "Temperature: 0 always takes the most probable symbol, 1 draws from the model's distribution.")
    var temperature = Defaults.sampler.temperature
    @Option(name: .customLong("top-k"), help: "Draw only from this many of the most probable symbols. (default: all)")
    var topK: Int?
    @Option(
        name: .customLong("top-p"),
        help: "Draw only from the most probable symbols with this total probability. (default: all)")
    var topP: Double?
    @Option(
        name: .customLong("min-p"),
        help: "Draw only from symbols with at least this fraction of the highest probability. (default: all)")
    var minP: Double?
    @Option(help: "Seed of the draws: the same seed gives the same text. (default: random)")
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
