/// Where a trainer stands, but for parameters, moments and carried states.
package struct TrainerState: Sendable, Hashable, Codable {
    /// Updates done, skipped ones included; it fixes the position in the text and every random stream.
    package var step = 0
    /// Symbols trained on.
    package var symbols = 0
    /// What optimizer and schedule remember beside arrays, by name.
    package var numbers: [String: Double] = [:]
    /// What the optimizer remembers in single numbers.
    package var rule = RuleState()
    /// Seconds of training and validation so far.
    package var seconds = 0.0
    package var smoothedLoss: Double?
    /// What the next line of the log sums up.
    package var window = LossWindow()
    package var validation: Double?
    /// The update after which the validation loss was last measured.
    package var validatedStep = 0
    package var bestValidation: Double?
    /// The update after which the best parameters were found; 0: none are yet.
    package var bestStep = 0
    package var bestSeconds = 0.0
    package var lastNorm = 0.0
    package var lastRate = 0.0
    /// Steps left out in all, and in a row up to now.
    package var skippedSteps = 0
    package var skippedInRow = 0
    /// How often training went back to its good point, and what the learning rate is multiplied by since then.
    package var returns = 0
    package var rateFactor = 1.0
    /// Whether a step was not left out since training last went back.
    package var hasLearnt = true
    /// The state to go back to; nil: there was none yet whose numbers are finite.
    package var good: GoodMark?

    package init() {}

    /// A state to go back to.
    package struct GoodMark: Sendable, Hashable, Codable {
        package var step: Int
        package var rule: RuleState
    }
}
