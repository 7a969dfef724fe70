internal import Foundation

/// JSON for people and for version control: indented, keys sorted, slashes as they are.
package enum PrettyJSON {
    /// One value, without a line feed at its end; DEL and C1 controls, which steer terminals, are escaped.
    ///
    /// - Throws: `EncodingError`: a number is not finite, or a type refuses.
    package static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return escaped(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// JSON escapes C0 controls only; outside its strings there are no others.
    private static func escaped(_ json: String) -> String {
        let controls: ClosedRange<Unicode.Scalar> = "\u{7F}"..."\u{9F}"
        guard json.unicodeScalars.contains(where: { controls.contains($0) }) else { return json }
        var result = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            if controls.contains(scalar) {
                result.append(contentsOf: "\\u00\(String(scalar.value, radix: 16))".unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
