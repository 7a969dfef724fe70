/// That training went back to an earlier state after several steps in a row were left out.
public struct Rollback: Sendable, Hashable, Codable {
    /// The update after which the parameters were as they are again; the text is read on, not again.
    public var step: Int
    /// What the learning rate is multiplied by from now on.
    public var rateFactor: Double

    enum CodingKeys: String, CodingKey {
        case step
        case rateFactor = "rate_factor"
    }
}
