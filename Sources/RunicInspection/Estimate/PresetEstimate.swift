package import Runic
internal import RunicKernels
internal import RunicModel
internal import RunicTraining

/// The cost of training with a preset, on this machine and for one text.
package struct PresetEstimate: Encodable, Sendable, Hashable {
    /// The preset's name.
    package let preset: String
    /// The model's parameters.
    package let parameters: Int
    /// Training symbols per second.
    package let symbolsPerSecond: Double
    /// Whether steps of this model were run; else the speed is that of the next smaller preset, by multiply-adds.
    package let isMeasured: Bool
    package let epochs: Int
    /// Seconds of all epochs, without validation.
    package let seconds: Double
    /// Bytes of memory that training takes, the text included.
    package let bytes: Double

    private enum CodingKeys: String, CodingKey {
        case preset, parameters, epochs, seconds, bytes
        case symbolsPerSecond = "symbols_per_second"
        case isMeasured = "measured"
    }

    /// The longest step that is run, in seconds.
    private static let longestStep = 1.5

    /// Runs training steps of every preset's model.
    ///
    /// - Parameters:
    ///   - vocabularySize: with the unknown symbol.
    ///   - trainingSymbols: symbols of the training part.
    ///   - symbols: of the text.
    ///   - seconds: about how long each preset is measured; a started step always finishes.
    /// - Throws: `RunicError` for a vocabulary that no model can have.
    package static func all(
        vocabularySize: Int, trainingSymbols: Int, symbols: Int, threads: Int, seconds: Double = 0.7
    ) throws(RunicError) -> [PresetEstimate] {
        var estimates: [PresetEstimate] = []
        /// Multiply-adds a second of the last preset that was measured.
        var rate: Double?
        for preset in TrainingPreset.allCases {
            let options = preset.options(texts: [])
            let configuration = options.configuration(vocabularySize: vocabularySize)
            var settings = options.training
            settings.precision = RunicMachine.hasBFloat16 ? "bf16" : "f32"
            settings.threads = threads
            let (parameters, work, memory) = try size(configuration, settings)
            let perStep = Double(settings.batch * settings.sequence)
            let speed: Double
            var isMeasured = true
            if let rate, work / rate > longestStep {
                isMeasured = false
                speed = perStep / (work / rate)
            } else {
                let measured = try TrainingSpeed.measure(configuration, settings: settings, seconds: seconds)
                speed = measured.symbolsPerSecond
                rate = work * speed / perStep
            }
            let epochs = settings.epochs ?? 1
            estimates.append(
                PresetEstimate(
                    preset: preset.rawValue, parameters: parameters, symbolsPerSecond: speed, isMeasured: isMeasured,
                    epochs: epochs, seconds: Double(epochs * trainingSymbols) / speed,
                    bytes: memory + Double(symbols * MemoryLayout<UInt16>.size)))
        }
        return estimates
    }

    private static func size(
        _ configuration: ModelConfiguration, _ settings: TrainingSettings
    ) throws(RunicError) -> (parameters: Int, multiplyAdds: Double, bytes: Double) {
        do {
            let cost = try StepCost(
                configuration, batch: settings.batch, time: settings.sequence, precision: settings.productPrecision,
                embeddingDropout: settings.embeddingDropout)
            let memory = try MemoryEstimate(
                configuration, batch: settings.batch, sequence: settings.sequence,
                precision: settings.productPrecision, averages: settings.averageDecay != nil)
            return (try ModelParameters.count(configuration), cost.multiplyAdds, memory.bytes)
        } catch {
            throw .model(path: nil, error)
        }
    }
}
