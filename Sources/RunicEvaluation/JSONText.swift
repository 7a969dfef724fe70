internal import Foundation

/// Reports as JSON: sorted keys, two spaces, full precision, one line feed at the end.
enum JSONText {
    /// - Throws: ``EvaluationError/encoding(reason:)``.
    static func encode(_ value: some Encodable) throws(EvaluationError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
        } catch {
            throw .encoding(reason: "\(error)")
        }
    }
}

extension Double {
    /// The value, or nil where it is infinite or not a number, which JSON cannot say.
    var finite: Double? { isFinite ? self : nil }
}
