/// How many symbols are rare: what a minimum count would make unknown.
public struct RareSymbols: Codable, Sendable, Hashable {
    /// Symbols that occur less often than this.
    public let minimumCount: Int
    /// How many different ones there are.
    public let symbols: Int
    /// How many occurrences they have together.
    public let occurrences: Int

    private enum CodingKeys: String, CodingKey {
        case symbols, occurrences
        case minimumCount = "minimum_count"
    }
}
