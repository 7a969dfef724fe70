internal import Foundation

/// JSON for a script element of a page: nothing in it ends the element or a line.
package enum PageJSON {
    /// - Throws: `EncodingError` for what has no JSON, such as infinite numbers.
    package static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return escaped(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Writes characters with a meaning in HTML or JavaScript as `\uXXXX`; in JSON they occur within strings only.
    package static func escaped(_ json: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            switch scalar {
            case "<", ">", "&", "'", "\u{2028}", "\u{2029}", "\u{7F}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
                let digits = String(scalar.value, radix: 16)
                result.append(
                    contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
