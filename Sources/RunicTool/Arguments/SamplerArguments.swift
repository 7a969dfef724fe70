internal import ArgumentParser
internal import Runic

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
