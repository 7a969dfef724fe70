internal import RunicKernels
public import RunicModel
public import RunicTraining

/// Speed of training on this machine: whole steps on random symbols, optimizer included.
public struct TrainingSpeed: Sendable, Hashable, Codable {
    /// Seconds of each counted step, in order.
    public let stepSeconds: [Double]
    /// Symbols of one step.
    public let symbolsPerStep: Int
    /// Multiply-adds of one step.
    public let multiplyAddsPerStep: Double

    /// Symbols per second of the median step.
    public var symbolsPerSecond: Double {
        let sorted = stepSeconds.sorted()
        return sorted.isEmpty ? 0 : Double(symbolsPerStep) / sorted[sorted.count / 2]
    }

    /// Measures a number of steps of a fresh model.
    ///
    /// - Parameters:
    ///   - configuration: the model.
    ///   - settings: batch, sequence, precision, threads, dropout and optimizer are used.
    ///   - steps: counted steps, after two uncounted ones.
    /// - Throws: ``RunicError`` for a model or settings out of range.
    public static func measure(
        _ configuration: ModelConfiguration, settings: TrainingSettings, steps: Int
    ) throws(RunicError) -> TrainingSpeed {
        var left = max(steps, 1)
        return try measure(configuration, settings: settings, uncounted: 2) { _ in
            left -= 1
            return left > 0
        }
    }

    /// Measures steps of a fresh model for a time.
    ///
    /// - Parameters:
    ///   - configuration: the model.
    ///   - settings: batch, sequence, precision, threads, dropout and optimizer are used.
    ///   - seconds: steps are counted until this time is over, at least one; the first step is not counted.
    /// - Throws: ``RunicError`` for a model or settings out of range.
    public static func measure(
        _ configuration: ModelConfiguration, settings: TrainingSettings, seconds: Double
    ) throws(RunicError) -> TrainingSpeed {
        var spent = 0.0
        return try measure(configuration, settings: settings, uncounted: 1) {
            spent += $0
            return spent < seconds
        }
    }

    /// - Parameter continues: given the seconds of each counted step; returns whether to run another.
    private static func measure(
        _ configuration: ModelConfiguration, settings: TrainingSettings, uncounted: Int, continues: (Double) -> Bool
    ) throws(RunicError) -> TrainingSpeed {
        let trainer = try RandomTraining.trainer(configuration, settings: settings)
        var seconds: [Double] = []
        for step in 0... {
            let began = MonotonicClock.nanoseconds
            trainer.advance()
            guard step >= uncounted else { continue }
            seconds.append(Double(MonotonicClock.nanoseconds - began) * 1e-9)
            guard continues(seconds[seconds.count - 1]) else { break }
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
