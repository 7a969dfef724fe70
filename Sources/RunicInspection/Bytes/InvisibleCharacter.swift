internal import RunicDisplay
internal import RunicText

/// A character that nobody sees: a control, a mark that directs or joins, one without a meaning.
package struct InvisibleCharacter: Encodable, Sendable, Hashable {
    /// Its value.
    package let value: UInt32
    /// How often it occurs.
    package let count: Int

    /// Its code point, such as `U+200B`.
    package var codePoint: String {
        Unicode.Scalar(value).map(\.notation) ?? "U+" + String(value, radix: 16, uppercase: true)
    }
    /// Its name, such as `ZERO WIDTH SPACE`.
    package var name: String {
        switch value {
        case 0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD: "private use"
        case _ where Self.isNoncharacter(value): "noncharacter"
        default: UnicodeInformation.name(of: value)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case name, count
        case codePoint = "code_point"
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(codePoint, forKey: .codePoint)
        try values.encode(name, forKey: .name)
        try values.encode(count, forKey: .count)
    }

    /// The invisible characters among counted code points, the most frequent first.
    ///
    /// - Parameter byteOrderMarks: occurrences of U+FEFF that begin a file, which are no part of the text.
    static func all(in tally: [(value: UInt32, count: Int)], byteOrderMarks: Int) -> [InvisibleCharacter] {
        tally.compactMap { value, count in
            let inside = value == 0xFEFF ? count - byteOrderMarks : count
            return inside > 0 && isInvisible(value) ? InvisibleCharacter(value: value, count: inside) : nil
        }.sorted { ($1.count, $0.value) < ($0.count, $1.value) }
    }

    private static func isNoncharacter(_ value: UInt32) -> Bool {
        (0xFDD0...0xFDEF).contains(value) || value & 0xFFFE == 0xFFFE
    }

    private static func isInvisible(_ value: UInt32) -> Bool {
        switch value {
        case 0x09, 0x0A, 0x0D: return false
        // Signs of Arabic, Syriac and Kaithi that enclose digits: of the category of formats, but seen.
        case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x110BD, 0x110CD: return false
        default: break
        }
        if isNoncharacter(value) { return true }
        guard let properties = Unicode.Scalar(value)?.properties else { return false }
        switch properties.generalCategory {
        case .control, .format, .privateUse: return true
        default: return properties.isDefaultIgnorableCodePoint
        }
    }
}
