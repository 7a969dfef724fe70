internal import RunicDisplay
package import RunicText

/// A character of a text as features see it: one symbol, or, where symbols are bytes, those that make one code point.
package struct TextCharacter: Sendable {
    /// The symbols that it is made of.
    package let symbols: Range<Int>
    /// Its first code point; U+FFFD where the bytes are none.
    package let scalar: Unicode.Scalar
    package let isLineEnd: Bool

    /// The characters of a text, in order, without a gap.
    ///
    /// - Complexity: O(n).
    package static func characters(of symbols: [Symbol], unit: TextUnit) -> [TextCharacter] {
        var result: [TextCharacter] = []
        result.reserveCapacity(symbols.count)
        var index = 0
        while index < symbols.count {
            var bytes = symbols[index].bytes
            var end = index + 1
            if unit == .byte, let lead = bytes.first {
                let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
                while end < min(index + length, symbols.count), let next = symbols[end].bytes.first, next & 0xC0 == 0x80
                {
                    bytes.append(next)
                    end += 1
                }
            }
            result.append(TextCharacter(symbols: index..<end, bytes: bytes))
            index = end
        }
        return result
    }

    private init(symbols: Range<Int>, bytes: [UInt8]) {
        self.symbols = symbols
        scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
        isLineEnd = LineEnd.isLineEnd(bytes)
    }

    var isSpace: Bool { scalar.properties.isWhitespace && !isLineEnd }
    var isDigit: Bool { scalar.properties.generalCategory == .decimalNumber }
    var isUpper: Bool { scalar.properties.isUppercase }
    var isLetterOrDigit: Bool { scalar.properties.isAlphabetic || isDigit }
    var isVowel: Bool { Self.vowels.contains(scalar) }

    var isPunctuation: Bool {
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }

    private static let vowels = Set(
        ("aeiouáéíóúàèìòùâêîôûäëïöüãõåæøœ" + "AEIOUÁÉÍÓÚÀÈÌÒÙÂÊÎÔÛÄËÏÖÜÃÕÅÆØŒ" + "αεηιουωάέήίόύώ" + "ΑΕΗΙΟΥΩΆΈΉΊΌΎΏ"
            + "аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ").unicodeScalars)
}
