/// The *unseen* symbols of a text, those that the vocabulary lacks: whether they are spelled or unknown.
public struct UnseenSymbols: Sendable, Hashable {
    /// One of them.
    public struct Entry: Sendable, Hashable {
        /// The symbol.
        public let symbol: Symbol
        /// How often it occurs.
        public let count: Int
    }

    /// The number of different unseen symbols.
    public let different: Int
    /// The most frequent ones, at most twenty; ties are broken by the order of their bytes.
    public let first: [Entry]

    private static let most = 20

    /// - Complexity: O(n log n) comparisons.
    package init(_ tally: [Symbol: Int] = [:]) {
        different = tally.count
        let ranked = tally.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        first = ranked.prefix(Self.most).map { Entry(symbol: $0.key, count: $0.value) }
    }
}
