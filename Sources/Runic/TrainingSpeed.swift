internal import RunicKernels
public import RunicModel
public import RunicTraining

/// How fast training steps run on this machine: whole steps on random symbols, optimizer included.
public struct TrainingSpeed: Sendable, Hashable, Codable {
    /// Seconds of each counted step, in the order of running.
    public let stepSeconds: [Double]
    /// Symbols of one step.
    public let symbolsPerStep: Int
    /// Multiply-adds of one step that the chosen algorithm needs.
    public let multiplyAddsPerStep: Double

    /// The median step's symbols per second.
    public var symbolsPerSecond: Double {
        let sorted = stepSeconds.sorted()
        return sorted.isEmpty ? 0 : Double(symbolsPerStep) / sorted[sorted.count / 2]
    }

    /// Runs steps of a fresh model.
    ///
    /// - Parameters:
    ///   - settings: batch, sequence, precision, threads, dropout and optimizer are used.
    ///   - steps: counted steps, after two that are not.
    /// - Throws: ``RunicError`` for a model or settings that are out of range.
    public static func measure(
        _ configuration: ModelConfiguration, settings: TrainingSettings, steps: Int
    ) throws(RunicError) -> TrainingSpeed {
        let trainer = try RandomTraining.trainer(configuration, settings: settings)
        let seconds = (0..<(max(steps, 1) + 2)).map { _ in
            let began = StepMeter.now
            trainer.advance()
            return Double(StepMeter.now - began) * 1e-9
        }
        do {
            let work = try TrainingWork(
                configuration, batch: settings.batch, time: settings.sequence, precision: settings.productPrecision)
            return TrainingSpeed(
                stepSeconds: Array(seconds.dropFirst(2)), symbolsPerStep: settings.batch * settings.sequence,
                multiplyAddsPerStep: work.multiplyAdds)
        } catch {
            throw .model(path: nil, error)
        }
    }
}
