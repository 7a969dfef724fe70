internal import RunicFiles

/// Reports as JSON files: ``PrettyJSON`` with a line feed at the end.
package enum JSONText {
    /// The JSON of a report.
    ///
    /// - Throws: ``EvaluationError/encoding(reason:)``.
    package static func encode(_ value: some Encodable) throws(EvaluationError) -> String {
        do {
            return try PrettyJSON.text(value) + "\n"
        } catch {
            throw .encoding(reason: "\(error)")
        }
    }
}

extension Double {
    /// The value, or nil if it is infinite or not a number, which JSON cannot express.
    package var finite: Double? { isFinite ? self : nil }
}

/// Why a report cannot be written.
public enum EvaluationError: Error, Sendable, CustomStringConvertible {
    /// A figure cannot be expressed in JSON.
    case encoding(reason: String)

    /// One line for the user.
    public var description: String {
        switch self {
        case .encoding(let reason): "the report cannot be written as JSON: \(reason)"
        }
    }
}
