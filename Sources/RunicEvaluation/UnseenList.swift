internal import RunicDisplay

/// The symbols of a text that a vocabulary lacks, by name.
public struct UnseenList: Sendable, Hashable, Codable {
    /// One of them.
    public struct Entry: Sendable, Hashable, Codable {
        /// The symbol; a byte that is no ASCII character is written as `0xE7`.
        public let symbol: String
        /// How often it occurs.
        public let count: Int

        /// A symbol and its count.
        public init(symbol: String, count: Int) {
            self.symbol = symbol
            self.count = count
        }
    }

    /// The number of different ones.
    public let different: Int
    /// The most frequent ones.
    public let first: [Entry]

    /// - Parameters:
    ///   - different: at least as many as there are entries.
    ///   - first: the most frequent ones, the first the most frequent.
    public init(different: Int = 0, first: [Entry] = []) {
        self.different = max(different, first.count)
        self.first = first
    }

    private static let shown = 5

    /// The most frequent ones with their counts, and how many are not named; nil if there are none.
    package var text: String? {
        guard !first.isEmpty else { return nil }
        let named = first.prefix(Self.shown)
        let rest = different - named.count
        return named.map { "\($0.symbol.shownSymbol) (\($0.count.grouped))" }.joined(separator: ", ")
            + (rest > 0 ? " and \(rest.grouped) more" : "")
    }
}
