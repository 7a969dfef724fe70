internal import RunicCells
internal import RunicKernels
public import RunicModel
public import RunicTraining

/// Time, work and memory traffic of each part of a training step.
public struct TrainingProfile: Sendable, Hashable, Codable {
    /// One part of a step.
    public struct Part: Sendable, Hashable, Codable {
        /// The name of the part, such as `weightGradients`.
        public let name: String
        /// Seconds per step, summed over the workers.
        public let workerSeconds: Double
        /// Multiply-adds per step; 0 for a part bound by memory.
        public let multiplyAdds: Double
        /// Bytes per step to and from main memory; 0 for a part bound by multiply-adds.
        public let bytes: Double
        /// Working set: bytes touched before any is reused.
        public let workingSet: Double
    }

    /// Wall-clock seconds per step.
    public let stepSeconds: Double
    /// Worker threads.
    public let workers: Int
    /// The parts in the order in which a step runs them.
    public let parts: [Part]

    /// Seconds per step in which workers wait or do work outside the parts, summed over the workers.
    public var waitingSeconds: Double {
        max(0, stepSeconds * Double(workers) - parts.reduce(0) { $0 + $1.workerSeconds })
    }

    /// Measures the parts of a step of a fresh model on random symbols.
    ///
    /// - Parameters:
    ///   - configuration: the model.
    ///   - settings: batch, sequence, precision, threads, dropout and optimizer are used.
    ///   - steps: counted steps, after two uncounted ones.
    /// - Throws: ``RunicError`` for a model or settings out of range.
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
