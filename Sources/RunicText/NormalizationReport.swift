/// What of a text is in no normal form, or in two.
public struct NormalizationReport: Codable, Sendable, Hashable {
    /// A stretch that is not in NFC.
    public struct Place: Codable, Sendable, Hashable {
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
    public struct TwoForms: Codable, Sendable, Hashable {
        /// The letter as one code point.
        public let letter: String
        /// Its name.
        public let name: String
        /// How often it stands as this code point.
        public let composed: Int
        /// How often it stands as other code points that look the same.
        public let decomposed: Int
    }

    /// How many stretches differ from their NFC.
    public internal(set) var notNFC = 0
    /// How many code points NFD would take apart, and stretches whose marks it would put into another order.
    public internal(set) var notNFD = 0
    /// The first ten stretches that differ from their NFC.
    public internal(set) var first: [Place] = []
    /// The letters that stand there both as one code point and as several, the most frequent first; at most 100.
    public internal(set) var twoForms: [TwoForms] = []

    private enum CodingKeys: String, CodingKey {
        case first
        case notNFC = "not_nfc"
        case notNFD = "not_nfd"
        case twoForms = "two_forms"
    }
}
