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
        var left = max(steps, 1)
        return try measure(configuration, settings: settings, uncounted: 2) { _ in
            left -= 1
            return left > 0
        }
    }

    /// Runs steps of a fresh model for a time.
    ///
    /// - Parameters:
    ///   - settings: batch, sequence, precision, threads, dropout and optimizer are used.
    ///   - seconds: the last counted step begins before they are over; one step before the first is not counted, and there
    ///     is one counted step at least.
    /// - Throws: ``RunicError`` for a model or settings that are out of range.
    public static func measure(
        _ configuration: ModelConfiguration, settings: TrainingSettings, seconds: Double
    ) throws(RunicError) -> TrainingSpeed {
        var spent = 0.0
        return try measure(configuration, settings: settings, uncounted: 1) {
            spent += $0
            return spent < seconds
        }
    }

    /// - Parameter goesOn: told the seconds of every step that counts; whether there is to be another one.
    private static func measure(
        _ configuration: ModelConfiguration, settings: TrainingSettings, uncounted: Int, goesOn: (Double) -> Bool
    ) throws(RunicError) -> TrainingSpeed {
        let trainer = try RandomTraining.trainer(configuration, settings: settings)
        var seconds: [Double] = []
        for step in 0... {
            let began = MonotonicClock.nanoseconds
            trainer.advance()
            guard step >= uncounted else { continue }
            seconds.append(Double(MonotonicClock.nanoseconds - began) * 1e-9)
            guard goesOn(seconds[seconds.count - 1]) else { break }
        }
        do {
            let cost = try StepCost(
                configuration, batch: settings.batch, time: settings.sequence, precision: settings.productPrecision,
                embeddingDropout: settings.embeddingDropout)
            return TrainingSpeed(
                stepSeconds: seconds, symbolsPerStep: settings.batch * settings.sequence,
                multiplyAddsPerStep: cost.multiplyAdds)
        } catch {
            throw .model(path: nil, error)
        }
    }
}
