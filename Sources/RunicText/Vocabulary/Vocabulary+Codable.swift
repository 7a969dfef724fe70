/// In an archive: an object of `unit`, `symbols` (strings in id order), `unknown` (an id or null), with the fallback to bytes
/// `byte_base` (the id of byte 0), and for the unit `byte` `utf8` (true), if the text was UTF-8 throughout.
///
/// The unknown symbol is the empty string. For the unit `byte`, byte b is the code point U+00b. The 256 symbols from `byte_base`
/// on are `<0x00>` to `<0xFF>`; their place, not their text, makes them bytes.
extension Vocabulary: Codable {
    private enum CodingKeys: String, CodingKey {
        case unit, symbols, unknown
        case isOfUTF8 = "utf8"
        case byteBase = "byte_base"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(unit, forKey: .unit)
        var strings = symbols.map { Self.string($0, unit) }
        if let byteIdentifiers { strings.replaceSubrange(byteIdentifiers, with: Self.byteStrings) }
        try container.encode(strings, forKey: .symbols)
        try container.encode(unknown, forKey: .unknown)
        try container.encodeIfPresent(byteBase, forKey: .byteBase)
        if isOfUTF8 { try container.encode(true, forKey: .isOfUTF8) }
    }

    /// Reads a vocabulary.
    ///
    /// - Throws: `DecodingError`; when the vocabulary contradicts itself its underlying error is a `TextError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let unit = try container.decode(TextUnit.self, forKey: .unit)
        let strings = try container.decode([String].self, forKey: .symbols)
        let unknown = try container.decodeIfPresent(Int.self, forKey: .unknown)
        let byteBase = try container.decodeIfPresent(Int.self, forKey: .byteBase)
        let isUTF8 = try container.decodeIfPresent(Bool.self, forKey: .isOfUTF8) ?? false
        do {
            var symbols: [Symbol] = []
            for (id, string) in strings.enumerated() {
                // A far-off place must be refused, not overflow.
                let byte = byteBase.flatMap { id.subtractingReportingOverflow($0).partialValue }
                if let byte, Self.byteStrings.indices.contains(byte), string == Self.byteStrings[byte] {
                    symbols.append(Self.byteSymbols[byte])
                } else {
                    symbols.append(try Self.symbol(string, unit, id: id))
                }
            }
            try self.init(unit: unit, symbols: symbols, unknown: unknown, byteBase: byteBase)
            isOfUTF8 = isUTF8 && unit == .byte
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: container.codingPath, debugDescription: "\(error)", underlyingError: error))
        }
    }

    private static let byteStrings = (UInt8.min...UInt8.max).map { "<0x\(hexadecimal([$0]).uppercased())>" }

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
