/// The longest passages that occur twice in a text.
///
/// Every repeated passage of at least ``shortest`` symbols is found, except within text that repeats itself in shorter
/// steps. Matches are compared symbol by symbol and extended in both directions. A passage is compared with its last eight
/// places, or with one where a text repeats itself so much that more would take long.
package struct LongestRepeats: Encodable, Sendable, Hashable {
    /// A passage that is repeated.
    package struct Repeat: Encodable, Sendable, Hashable {
        /// Where it occurs first, in symbols.
        package let first: Int
        /// Where it is repeated.
        package let second: Int
        /// Its symbols. Where it is longer than the distance of both places, the text repeats itself in steps of that distance.
        package let length: Int

        /// The steps in which the text repeats itself, where both places overlap.
        package var period: Int? { second - first < length ? second - first : nil }
    }

    /// The symbols of the shortest passage that is certain to be found.
    package let shortest: Int
    /// The longest first; the later places do not overlap.
    package let repeats: [Repeat]
    /// Whether the search stopped early because the text repeats itself too much.
    package let stoppedEarly: Bool

    /// - Parameters:
    ///   - most: how many are kept.
    ///   - shortest: the shortest passage to find; longer for texts of more than about 30 million symbols.
    /// - Precondition: `shortest` is at least 16.
    /// - Complexity: O(symbols) expected; memory for at most some two million fingerprints.
    package init(of symbols: Span<UInt16>, most: Int = 5, shortest: Int = 64) {
        precondition(shortest >= 16, "passages of \(shortest) symbols")
        let length = shortest / 2
        let prints = Fingerprints(length: length, window: max(shortest - length + 1, symbols.count >> 20))
        var search = RepeatSearch(length: length, reach: prints.length + prints.window - 1, budget: 16 * symbols.count)
        if symbols.count < Int(UInt32.max) {
            prints.forEach(of: symbols) { search.take($0, $1, symbols) }
        }
        self.shortest = prints.length + prints.window - 1
        repeats = search.longest(most, symbols)
        stoppedEarly = search.stoppedEarly || symbols.count >= Int(UInt32.max)
    }

    private enum CodingKeys: String, CodingKey {
        case repeats
        case shortest = "shortest_symbols"
        case stoppedEarly = "cut_short"
    }
}
