internal import RunicCells
internal import RunicKernels
public import RunicModel
public import RunicTraining

/// Where the time of training steps goes, part by part.
public struct TrainingProfile: Sendable, Hashable, Codable {
    /// One part of a step.
    public struct Part: Sendable, Hashable, Codable {
        /// What it is, such as `weightGradients`.
        public let name: String
        /// Seconds of a step that workers spend on it, all workers together.
        public let workerSeconds: Double
        /// Multiply-adds that it has to make in a step; 0 where memory is its measure.
        public let multiplyAdds: Double
        /// Bytes that it has to read and write beyond the caches in a step; 0 where multiply-adds are its measure.
        public let bytes: Double
        /// The bytes it goes through before it comes back to the same.
        public let workingSet: Double
    }

    /// Seconds of a step on the clock.
    public let stepSeconds: Double
    /// Worker threads.
    public let workers: Int
    /// The parts in the order of a step.
    public let parts: [Part]

    /// Seconds of a step that workers wait for each other or do what is in no part, all workers together.
    public var waitingSeconds: Double {
        max(0, stepSeconds * Double(workers) - parts.reduce(0) { $0 + $1.workerSeconds })
    }

    /// Runs steps of a fresh model on random symbols and measures their parts.
    ///
    /// - Parameters:
    ///   - settings: batch, sequence, precision, threads, dropout and optimizer are used.
    ///   - steps: counted steps, after two that are not.
    /// - Throws: ``RunicError`` for a model or settings that are out of range.
    public static func measure(
        _ configuration: ModelConfiguration, settings: TrainingSettings, steps: Int
    ) throws(RunicError) -> TrainingProfile {
        let meter = StepMeter()
        let trainer = try RandomTraining.trainer(configuration, settings: settings, meter: meter)
        for _ in 0..<2 { trainer.advance() }
        meter.reset()
        let began = MonotonicClock.nanoseconds
        let counted = max(steps, 1)
        for _ in 0..<counted { trainer.advance() }
        let seconds = Double(MonotonicClock.nanoseconds - began) * 1e-9 / Double(counted)
        do {
            let cost = try StepCost(
                configuration, batch: settings.batch, time: settings.sequence, precision: settings.productPrecision,
                embeddingDropout: settings.embeddingDropout)
            return TrainingProfile(
                stepSeconds: seconds, workers: settings.threads,
                parts: StepPhase.allCases.map { phase in
                    Part(
                        name: "\(phase)", workerSeconds: meter[phase] / Double(counted),
                        multiplyAdds: cost.multiplyAdds(phase), bytes: cost.bytes(phase),
                        workingSet: cost.workingSet(phase))
                })
        } catch {
            throw .model(path: nil, error)
        }
    }
}
