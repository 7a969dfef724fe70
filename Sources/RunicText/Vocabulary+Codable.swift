/// The archive's form: an object of `unit`, `symbols` (strings in id order) and `unknown` (an id or null).
///
/// The unknown symbol is the empty string. For the unit `byte`, byte b is the code point U+00b.
extension Vocabulary: Codable {
    private enum CodingKeys: String, CodingKey {
        case unit, symbols, unknown
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(unit, forKey: .unit)
        try container.encode(symbols.map { Self.string($0, unit) }, forKey: .symbols)
        try container.encode(unknown, forKey: .unknown)
    }

    /// Reads a vocabulary.
    ///
    /// - Throws: `DecodingError`; when the vocabulary contradicts itself its underlying error is a `TextError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let unit = try container.decode(TextUnit.self, forKey: .unit)
        let strings = try container.decode([String].self, forKey: .symbols)
        let unknown = try container.decodeIfPresent(Int.self, forKey: .unknown)
        do {
            var symbols: [Symbol] = []
            for (id, string) in strings.enumerated() { symbols.append(try Self.symbol(string, unit, id: id)) }
            try self.init(unit: unit, symbols: symbols, unknown: unknown)
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: container.codingPath, debugDescription: "\(error)", underlyingError: error))
        }
    }

    private static func string(_ symbol: Symbol, _ unit: TextUnit) -> String {
        guard unit == .byte else { return String(decoding: symbol.bytes, as: UTF8.self) }
        return String(String.UnicodeScalarView(symbol.bytes.map { Unicode.Scalar($0) }))
    }

    private static func symbol(_ string: String, _ unit: TextUnit, id: Int) throws(TextError) -> Symbol {
        guard unit == .byte else { return Symbol(string.utf8) }
        var bytes: [UInt8] = []
        for scalar in string.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else {
                throw .vocabulary(id: id, reason: "is not one byte, written as a code point up to U+00FF")
            }
            bytes.append(byte)
        }
        return Symbol(bytes)
    }
}
