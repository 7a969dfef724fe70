/// What the models of a comparison have in common.
public enum ComparisonMatching: String, Sendable, Hashable, Codable, CaseIterable {
    /// As nearly as can be the same number of parameters.
    case parameters
    /// The same hidden size.
    case hidden
    /// As nearly as can be the same number of parameters, and the same seconds of training.
    case time
}
