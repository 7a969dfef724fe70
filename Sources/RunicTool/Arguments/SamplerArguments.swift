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
    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "With a model of bytes: write only UTF-8, in whole characters. (default: if its training text was UTF-8)"))
    var keepUtf8: Bool?
    @Option(help: "Seed of the draws: the same seed gives the same text. (default: random)")
    var seed: UInt64?

    /// Sets what does not belong to the sampler.
    ///
    /// - Throws: ``Failure`` for a model that cannot write what is asked for.
    func apply(to model: inout TextModel) throws {
        guard let keepUtf8 else { return }
        model.keepsUTF8 = keepUtf8
        if keepUtf8 && !model.canKeepUTF8 {
            throw Failure("--keep-utf8: no byte in the model's vocabulary begins a character; leave it out")
        }
    }

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
