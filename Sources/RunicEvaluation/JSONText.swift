internal import RunicFiles

/// Reports as JSON files: ``PrettyJSON``, and one line feed at the end.
package enum JSONText {
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
    /// The value, or nil where it is infinite or not a number, which JSON cannot say.
    package var finite: Double? { isFinite ? self : nil }
}
