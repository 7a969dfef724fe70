/// How a vocabulary is made from counted symbols.
public struct VocabularyOptions: Codable, Sendable, Hashable {
    /// A symbol seen less often is rare, and left out.
    public var minimumCount: Int
    /// The most symbols, everything included; nil: ``Vocabulary/maximumCount``. The most frequent stay, of equally frequent
    /// ones those that come first in the order of their bytes.
    public var maximumSize: Int?
    /// What stands for symbols that are left out.
    public var fallback: VocabularyFallback
    /// Whether there is an unknown symbol; with the fallback to bytes there is none, whatever is said here.
    public var includeUnknown: UnknownRule

    /// Every symbol is taken, and there is an unknown one, unless asked otherwise.
    public init(
        minimumCount: Int = 1, maximumSize: Int? = nil, fallback: VocabularyFallback = .unknown,
        includeUnknown: UnknownRule = .always
    ) {
        self.minimumCount = minimumCount
        self.maximumSize = maximumSize
        self.fallback = fallback
        self.includeUnknown = includeUnknown
    }

    /// Reads options; a size and a fallback that are absent are as they are unless asked otherwise.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        minimumCount = try values.decode(Int.self, forKey: .minimumCount)
        maximumSize = try values.decodeIfPresent(Int.self, forKey: .maximumSize)
        fallback = try values.decodeIfPresent(VocabularyFallback.self, forKey: .fallback) ?? .unknown
        includeUnknown = try values.decode(UnknownRule.self, forKey: .includeUnknown)
    }

    private enum CodingKeys: String, CodingKey {
        case fallback
        case minimumCount = "minimum_count"
        case maximumSize = "maximum_size"
        case includeUnknown = "include_unknown"
    }
}
