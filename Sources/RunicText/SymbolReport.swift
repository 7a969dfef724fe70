/// A symbol of a text, for people.
public struct SymbolReport: Codable, Sendable, Hashable {
    /// The symbol; for the unit `byte`, the code point of the byte's value.
    public let text: String
    /// Its code points, such as `U+0041`; for the unit `byte`, the byte, such as `0x41`.
    public let codePoints: [String]
    /// The names of its code points, such as `LATIN CAPITAL LETTER A`.
    public let names: [String]
    /// How often it occurs.
    public let count: Int

    package init(_ symbol: Symbol, unit: TextUnit, count: Int) {
        self.count = count
        let bytes = symbol.bytes
        if unit == .byte {
            text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
            codePoints = bytes.map { "0x" + hexadecimal([$0]).uppercased() }
            names = bytes.map { $0 < 0x80 ? UnicodeInformation.name(of: UInt32($0)) : "byte" }
        } else {
            text = String(decoding: bytes, as: UTF8.self)
            let values = text.unicodeScalars.map(\.value)
            codePoints = values.map(Self.notation)
            names = values.map { UnicodeInformation.name(of: $0) }
        }
    }

    static func notation(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private enum CodingKeys: String, CodingKey {
        case text, names, count
        case codePoints = "code_points"
    }
}
