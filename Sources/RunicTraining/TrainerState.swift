/// Where a trainer stands, but for parameters, moments and carried states.
package struct TrainerState: Sendable, Hashable, Codable {
    /// Updates done, skipped ones included; it fixes the position in the text and every random stream.
    package var step = 0
    /// Symbols trained on.
    package var symbols = 0
    /// What optimizer and schedule remember beside arrays, by name.
    package var numbers: [String: Double] = [:]
    /// Seconds of training and validation so far.
    package var seconds = 0.0
    package var smoothedLoss: Double?
    package var validation: Double?
    /// The update after which the validation loss was last measured.
    package var validatedStep = 0
    package var bestValidation: Double?
    package var bestStep = 0
    package var skippedSteps = 0
    package var lastNorm = 0.0
    package var lastRate = 0.0

    package init() {}
}
