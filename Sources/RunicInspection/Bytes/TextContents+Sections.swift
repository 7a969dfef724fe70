internal import RunicDisplay
package import RunicText

/// Characters whose UTF-8 was probably once read as windows-1252 and written as UTF-8 again, such as `Ã©` for `é`.
///
/// It is a guess: a text may mean such a sequence.
package struct MojibakeReport: Codable, Sendable, Hashable {
    /// One of them.
    package struct Place: Codable, Sendable, Hashable {
        /// The file.
        public let path: String
        /// Where in it, in bytes from its start.
        public let offset: Int
        /// What is there.
        public let found: String
        /// What was probably meant.
        public let meant: String
    }

    /// How many there are.
    package internal(set) var count = 0
    /// The first ten, in the order of the text.
    package internal(set) var first: [Place] = []
}

/// The symbols that a minimum count would make unknown.
package struct RareSymbols: Codable, Sendable, Hashable {
    /// Symbols that occur less often than this.
    package let minimumCount: Int
    /// How many different ones there are.
    package let symbols: Int
    /// How many occurrences they have together.
    package let occurrences: Int

    private enum CodingKeys: String, CodingKey {
        case symbols, occurrences
        case minimumCount = "minimum_count"
    }
}

/// The code points of one script.
package struct ScriptFraction: Codable, Sendable, Hashable {
    /// Unicode's name of the script, such as `Devanagari`; punctuation and digits are `Common`.
    package let script: String
    /// Its code points in the original text.
    package let codePoints: Int
    /// Its fraction of all code points, 0 to 1.
    package let fraction: Double

    private enum CodingKeys: String, CodingKey {
        case script
        case fraction = "share"
        case codePoints = "code_points"
    }
}

/// How many line ends of each kind a text has.
package struct LineEnds: Codable, Sendable, Hashable {
    /// Line feeds alone.
    package var lf = 0
    /// Carriage return and line feed.
    package var crlf = 0
    /// Carriage returns alone.
    package var cr = 0
    /// Next line (U+0085), line separator (U+2028) and paragraph separator (U+2029).
    package var unicode = 0

    /// Whether there is more than one kind.
    package var isMixed: Bool { [lf, crlf, cr, unicode].count { $0 > 0 } > 1 }
}

/// A symbol of a text, for people.
package struct SymbolReport: Codable, Sendable, Hashable {
    /// The symbol; for the unit `byte`, the code point of the byte's value.
    package let text: String
    /// Its code points, such as `U+0041`; for the unit `byte`, the byte, such as `0x41`.
    package let codePoints: [String]
    /// The names of its code points, such as `LATIN CAPITAL LETTER A`.
    package let names: [String]
    /// How often it occurs.
    package let count: Int

    package init(_ symbol: Symbol, unit: TextUnit, count: Int) {
        self.count = count
        let bytes = symbol.bytes
        if unit == .byte {
            text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
            codePoints = bytes.map { "0x" + hexadecimal([$0]).uppercased() }
            names = bytes.map { $0 < 0x80 ? UnicodeInformation.name(of: UInt32($0)) : "byte" }
        } else {
            text = String(decoding: bytes, as: UTF8.self)
            codePoints = text.unicodeScalars.map(\.notation)
            names = text.unicodeScalars.map { UnicodeInformation.name(of: $0.value) }
        }
    }

    private enum CodingKeys: String, CodingKey {
        case text, names, count
        case codePoints = "code_points"
    }
}

/// Text that is in no normal form, and letters in two.
package struct NormalizationReport: Codable, Sendable, Hashable {
    /// A range that is not in NFC.
    package struct Place: Codable, Sendable, Hashable {
        /// The file.
        public let path: String
        /// Where in it, in bytes from its start.
        public let offset: Int
        /// Its code points, such as `U+0065`; none where there are many.
        public let found: [String]
        /// The code points of its normal form; none where there are many.
        public let composed: [String]
    }

    /// A letter that the text writes in more than one way.
    package struct TwoForms: Codable, Sendable, Hashable {
        /// The letter as one code point.
        public let letter: String
        /// Its name.
        public let name: String
        /// How often it is written as this code point.
        public let composed: Int
        /// How often it is written as other code points that look the same.
        public let decomposed: Int
        /// The most frequent of those other forms: its code points, of which there may be one, such as `U+212B`.
        public let other: [String]

        /// What its other forms are, for a sentence: `as U+212B` or `as several`.
        package var otherWords: String { other.count == 1 ? "as \(other[0])" : "as several" }
    }

    /// How many ranges differ from their NFC.
    package internal(set) var notNFC = 0
    /// How many code points NFD would decompose, and ranges whose marks it would reorder.
    package internal(set) var notNFD = 0
    /// The first ten ranges that differ from their NFC.
    package internal(set) var first: [Place] = []
    /// The letters that are written both as one code point and as several, the most frequent first; at most 100.
    package internal(set) var twoForms: [TwoForms] = []

    private enum CodingKeys: String, CodingKey {
        case first
        case notNFC = "not_nfc"
        case notNFD = "not_nfd"
        case twoForms = "two_forms"
    }
}
