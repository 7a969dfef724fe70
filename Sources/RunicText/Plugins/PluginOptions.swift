/// Options as a plugin reads them.
enum PluginOptions {
    /// A JSON object of strings: names sorted by their scalars, no spaces, no escape that JSON could do without.
    static func json(_ options: [String: String]) -> String {
        let sorted = options.sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
        return "{" + sorted.map { "\(quoted($0.key)):\(quoted($0.value))" }.joined(separator: ",") + "}"
    }

    private static func quoted(_ text: String) -> String {
        var result = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result.append(contentsOf: ["\\", scalar])
            case "\u{0}"..<"\u{20}":
                result.append(
                    contentsOf: "\\u00\(hexadecimal([UInt8(truncatingIfNeeded: scalar.value)]))".unicodeScalars)
            default: result.append(scalar)
            }
        }
        result.append("\"")
        return String(result)
    }
}
