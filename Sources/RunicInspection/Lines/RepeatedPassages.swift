/// The lines or documents that a text repeats word for word, above all in another part.
///
/// A line that a model has memorised does not test it.
package struct RepeatedPassages: Encodable, Sendable, Hashable {
    /// Passages, and how many of them occur in the training part.
    package struct Tally: Encodable, Sendable, Hashable {
        /// Passages of at least the shortest length.
        package var passages = 0
        /// Their symbols.
        package var symbols = 0
        /// How many of them occur in the training part; for the training part, earlier in it.
        package var repeated = 0
        /// The symbols of those.
        package var repeatedSymbols = 0

        /// The fraction of the symbols that are repeated, 0 to 1.
        package var fraction: Double { symbols == 0 ? 0 : Double(repeatedSymbols) / Double(symbols) }

        private enum CodingKeys: String, CodingKey {
            case symbols, repeated
            case passages = "pieces"
            case repeatedSymbols = "repeated_symbols"
        }
    }

    /// Symbols of the shortest passage that counts: shorter ones repeat by chance.
    package let shortest: Int
    /// One in this many passages was checked, chosen by its hash, so that equal passages are all checked or all left out.
    package let oneIn: Int
    package let training: Tally
    package let validation: Tally
    package let test: Tally

    /// - Parameters:
    ///   - most: the most passages that are kept; see ``oneIn``.
    /// - Complexity: O(symbols), and memory for the different passages of the training part.
    package init(
        of symbols: Span<UInt16>, parts: TextParts, splitter: PassageSplitter, shortest: Int = 20, most: Int = 8_000_000
    ) {
        self.shortest = shortest
        var oneIn = 1
        while parts.count(.training) / shortest / oneIn > most { oneIn *= 2 }
        self.oneIn = oneIn
        var tallies = [Tally(), Tally(), Tally()]
        var seen = PassageSet()
        for part in TextPart.allCases {
            for range in parts[part] {
                splitter.forEach(of: symbols, in: range) { passage in
                    guard passage.count >= shortest else { return }
                    let hash = PassageSet.hash(passage, of: symbols)
                    guard Int(hash >> 40) & (oneIn - 1) == 0 else { return }
                    let isRepeated =
                        part == .training
                        ? !seen.insert(passage, hash: hash, of: symbols)
                        : seen.contains(passage, hash: hash, of: symbols)
                    tallies[part.rawValue].passages += 1
                    tallies[part.rawValue].symbols += passage.count
                    if isRepeated {
                        tallies[part.rawValue].repeated += 1
                        tallies[part.rawValue].repeatedSymbols += passage.count
                    }
                }
            }
        }
        (training, validation, test) = (tallies[0], tallies[1], tallies[2])
    }

    private enum CodingKeys: String, CodingKey {
        case training, validation, test
        case shortest = "shortest_symbols"
        case oneIn = "one_in"
    }
}
