/// The state of a trainer, except for its arrays: parameters, ``Trainer/vectorState``.
package struct TrainerState: Sendable, Hashable, Codable {
    /// Steps done, including skipped ones; fixes the position in the text and every random stream.
    package var step = 0
    /// Symbols trained on.
    package var symbols = 0
    /// The scalars of optimizer and schedule by name.
    package var scalarState: [String: Double] = [:]
    private var rule = RuleState()
    /// Seconds of training and validation so far.
    package var seconds = 0.0
    /// The moving average of the training loss, in nats per symbol.
    package var smoothedLoss: Double?
    /// The losses for the next line of the log.
    package var window = LossWindow()
    /// The last validation loss, in nats per symbol.
    package var validation: Double?
    /// The step of the last validation.
    package var validatedStep = 0
    package var bestValidation: Double?
    /// The step of the best parameters; 0 before there are any.
    package var bestStep = 0
    package var bestSeconds = 0.0
    package var lastNorm = 0.0
    package var lastRate = 0.0
    /// The number of all skipped steps, and of those since the last accepted step.
    package var skippedSteps = 0
    package var skippedInRow = 0
    /// The number of rollbacks, and the factor of the learning rate since the last one.
    package var rollbacks = 0
    package var rateFactor = 1.0
    /// Whether any step has been accepted since the last rollback.
    package var hasAccepted = true
    /// The snapshot that a rollback restores; nil before the first finite one.
    package var snapshot: SnapshotMark?

    package init() {}

    /// Updates that the optimizer has done, without skipped and rolled back ones.
    package var updates: Int {
        get { rule.updates }
        set { rule.updates = newValue }
    }

    /// What cannot be so in the state of any trainer; nil if nothing. A file may hold any number.
    package var contradiction: String? {
        let counts = [
            ("step", step), ("symbols", symbols), ("updates", updates), ("validatedStep", validatedStep),
            ("bestStep", bestStep), ("skippedSteps", skippedSteps), ("skippedInRow", skippedInRow),
            ("returns", rollbacks), ("window.count", window.count), ("good.step", snapshot?.step ?? 0),
            ("good.updates", snapshot?.updates ?? 0),
        ]
        for (name, count) in counts where !Self.counts.contains(count) { return "\(name) is \(count)" }
        for (name, time) in [("seconds", seconds), ("bestSeconds", bestSeconds), ("window.seconds", window.seconds)]
        where !(time >= 0 && time < 1e12) {
            return "\(name) is \(time)"
        }
        // A loss that was not finite is kept as the largest number there is; what is counted has bounds.
        for (name, number) in scalarState
        where !number.isFinite || Self.counted.contains(name) && !(number >= 0 && number < 0x1p48) {
            return "\(name) is \(number)"
        }
        if max(validatedStep, bestStep, snapshot?.step ?? 0) > step {
            return "it is at step \(step), before its own marks"
        }
        return rateFactor > 0 && rateFactor <= 1 ? nil : "rateFactor is \(rateFactor)"
    }

    private static let counted: Set = ["asgd.trigger", "plateau.waited"]

    /// What a run can count to, with room for sums and products.
    private static let counts = 0...(1 << 48)

    /// The step of a snapshot, and the optimizer's updates at that step.
    package struct SnapshotMark: Sendable, Hashable, Codable {
        package let step: Int
        private let rule: RuleState
        package var updates: Int { rule.updates }

        init(step: Int, updates: Int) {
            self.step = step
            rule = RuleState(updates: updates)
        }
    }

    /// The form in which checkpoints store the optimizer's updates.
    private struct RuleState: Hashable, Codable {
        var updates = 0
    }

    // Checkpoints of version 0.1.0 have the names on the right.
    enum CodingKeys: String, CodingKey {
        case step, symbols, rule, seconds, smoothedLoss, window, validation, validatedStep, bestValidation, bestStep
        case bestSeconds, lastNorm, lastRate, skippedSteps, skippedInRow, rateFactor
        case scalarState = "numbers"
        case rollbacks = "returns"
        case hasAccepted = "hasLearnt"
        case snapshot = "good"
    }
}

/// The losses since the last line of the log.
package struct LossWindow: Sendable, Hashable, Codable {
    /// The sum of the losses of ``count`` steps, each the mean of its symbols in nats.
    package var sum = 0.0
    package var count = 0
    /// Seconds of training steps, including skipped ones.
    package var seconds = 0.0

    package init() {}

    /// The mean loss in nats per symbol; nil without a step.
    var mean: Double? { count > 0 ? sum / Double(count) : nil }

    mutating func add(_ loss: Double) {
        sum += loss
        count += 1
    }
}
