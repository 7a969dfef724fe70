/// The learning rate schedules by name: a value that is passed to the trainer.
package struct ScheduleRegistry: Sendable {
    package typealias Maker = @Sendable (TrainingSettings) -> any LearningRateSchedule
    private var makers: [(name: String, make: Maker)]

    /// The default decay factor of `exponential`.
    package static let exponentialFactor = 0.95
    /// The default decay factor of `step` and `plateau`.
    package static let stepFactor = 0.5

    /// The built-in schedules.
    package init() {
        makers = [
            ("constant", { _ in ConstantSchedule() }),
            ("cosine", { CosineSchedule(last: $0.finalShare) }),
            ("step", { StepSchedule(factor: $0.decayFactor ?? Self.stepFactor, every: $0.decayEpochs) }),
            (
                "exponential",
                { ExponentialSchedule(factor: $0.decayFactor ?? Self.exponentialFactor, after: $0.decayAfter) }
            ),
            ("plateau", { PlateauSchedule(factor: $0.decayFactor ?? Self.stepFactor, patience: $0.patience) }),
        ]
    }

    /// Adds a schedule; it replaces one of the same name.
    package mutating func register(_ name: String, _ make: @escaping Maker) {
        makers.removeAll { $0.name == name }
        makers.append((name, make))
    }

    package var names: [String] { makers.map(\.name) }

    /// The learning rate of some settings.
    ///
    /// - Throws: ``TrainingError/option(name:value:allowed:)`` for an unknown schedule.
    package func make(_ settings: TrainingSettings) throws(TrainingError) -> LearningRate {
        guard let found = makers.first(where: { $0.name == settings.schedule }) else {
            throw .option(name: "schedule", value: settings.schedule, allowed: names.joined(separator: ", "))
        }
        return LearningRate(
            largest: settings.learningRate, warmUp: settings.warmUp, schedule: found.make(settings))
    }
}
