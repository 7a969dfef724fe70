public import RunicText

/// What training notes in the archive under `training`.
public struct TrainingNote: Sendable, Hashable, Codable {
    /// Updates behind the parameters.
    public var step: Int
    /// Seconds of training, validation included.
    public var seconds: Double
    /// The loss on the validation part, nats per symbol.
    public var validationNats: Double?
    /// What the run was asked to do.
    public var options: TrainingOptions
    /// SHA-256 of each file of the text.
    public var texts: [FileStatistics]

    enum CodingKeys: String, CodingKey {
        case step, seconds, options, texts
        case validationNats = "validation_nats"
    }
}
