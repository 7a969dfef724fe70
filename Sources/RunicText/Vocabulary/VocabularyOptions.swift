/// How a vocabulary is made from counted symbols.
public struct VocabularyOptions: Codable, Sendable, Hashable {
    /// A symbol that occurs less often is rare, and left out.
    public var minimumCount: Int
    /// Most symbols, everything included; nil: ``Vocabulary/maximumCount``. The most frequent are kept; ties are broken by the order of
    /// their bytes.
    public var maximumSize: Int?
    /// What replaces symbols that are left out.
    public var fallback: VocabularyFallback
    /// Whether there is an unknown symbol; with the fallback to bytes there is never one.
    public var includeUnknown: UnknownRule

    /// Creates options; by default every symbol is taken, and there is an unknown one.
    public init(
        minimumCount: Int = 1, maximumSize: Int? = nil, fallback: VocabularyFallback = .unknown,
        includeUnknown: UnknownRule = .always
    ) {
        self.minimumCount = minimumCount
        self.maximumSize = maximumSize
        self.fallback = fallback
        self.includeUnknown = includeUnknown
    }

    /// Reads options; a missing size or fallback takes its default.
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

/// What replaces symbols that a vocabulary lacks.
public enum VocabularyFallback: String, Codable, CaseIterable, Sendable {
    /// The unknown symbol: the symbol is lost.
    case unknown
    /// The symbol's code points that are symbols themselves, and bytes for the others: ids determine any text. Such a vocabulary has
    /// no unknown symbol.
    case bytes
}

/// Whether a vocabulary has an unknown symbol, which replaces all that it lacks.
public enum UnknownRule: String, Codable, CaseIterable, Sendable {
    /// It has one.
    case always
    /// It has none; rare symbols are an error.
    case never
    /// It has one if there are rare symbols.
    case whenNeeded = "when-needed"
}
