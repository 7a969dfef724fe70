/// Why a report cannot be written.
public enum EvaluationError: Error, Sendable, CustomStringConvertible {
    /// A figure has no form in JSON.
    case encoding(reason: String)

    public var description: String {
        switch self {
        case .encoding(let reason): "the report cannot be written as JSON: \(reason)"
        }
    }
}
