/// How a vocabulary is made from counted symbols.
public struct VocabularyOptions: Codable, Sendable, Hashable {
    /// A symbol seen less often is rare, and becomes the unknown symbol.
    public var minimumCount: Int
    /// Whether there is an unknown symbol.
    public var includeUnknown: UnknownRule

    /// Every symbol is taken, and there is an unknown one, unless asked otherwise.
    public init(minimumCount: Int = 1, includeUnknown: UnknownRule = .always) {
        self.minimumCount = minimumCount
        self.includeUnknown = includeUnknown
    }

    private enum CodingKeys: String, CodingKey {
        case minimumCount = "minimum_count"
        case includeUnknown = "include_unknown"
    }
}
