internal import Foundation

/// JSON for people and for version control: indented, keys sorted, slashes as they are.
package enum PrettyJSON {
    /// One value, without a line feed at its end.
    ///
    /// - Throws: `EncodingError`: a number is not finite, or a type refuses.
    package static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
