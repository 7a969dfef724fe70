/// Which lines or documents of a text come again word for word, above all in another part.
///
/// A model that has learnt a line by heart is not tested by it.
package struct RepeatedPassages: Encodable, Sendable, Hashable {
    /// Pieces, and how many of them stand in the training part.
    package struct Share: Encodable, Sendable, Hashable {
        /// Pieces of at least the shortest length.
        package var pieces = 0
        /// Their symbols.
        package var symbols = 0
        /// How many of them stand in the training part; for the training part, earlier in it.
        package var repeated = 0
        /// The symbols of those.
        package var repeatedSymbols = 0

        /// The share of the symbols that are repeated, 0 to 1.
        package var share: Double { symbols == 0 ? 0 : Double(repeatedSymbols) / Double(symbols) }

        private enum CodingKeys: String, CodingKey {
            case pieces, symbols, repeated
            case repeatedSymbols = "repeated_symbols"
        }
    }

    /// Symbols of the shortest piece that counts: shorter ones come again by chance.
    package let shortest: Int
    /// Of how many pieces one was looked at, chosen by what is in it, so that equal pieces share their fate.
    package let oneIn: Int
    package let training: Share
    package let validation: Share
    package let test: Share

    /// - Parameters:
    ///   - most: the most pieces that are kept; see ``oneIn``.
    /// - Complexity: O(symbols), and memory for the different pieces of the training part.
    package init(
        of symbols: Span<UInt16>, parts: TextParts, cutter: PassageSplitter, shortest: Int = 20, most: Int = 8_000_000
    ) {
        self.shortest = shortest
        var oneIn = 1
        while parts.count(.training) / shortest / oneIn > most { oneIn *= 2 }
        self.oneIn = oneIn
        var shares = [Share(), Share(), Share()]
        var seen = PassageSet()
        for part in TextPart.allCases {
            for range in parts[part] {
                cutter.forEach(of: symbols, in: range) { piece in
                    guard piece.count >= shortest else { return }
                    let hash = PassageSet.hash(piece, of: symbols)
                    guard Int(hash >> 40) & (oneIn - 1) == 0 else { return }
                    let isRepeated =
                        part == .training
                        ? !seen.insert(piece, hash: hash, of: symbols) : seen.contains(piece, hash: hash, of: symbols)
                    shares[part.rawValue].pieces += 1
                    shares[part.rawValue].symbols += piece.count
                    if isRepeated {
                        shares[part.rawValue].repeated += 1
                        shares[part.rawValue].repeatedSymbols += piece.count
                    }
                }
            }
        }
        (training, validation, test) = (shares[0], shares[1], shares[2])
    }

    private enum CodingKeys: String, CodingKey {
        case training, validation, test
        case shortest = "shortest_symbols"
        case oneIn = "one_in"
    }
}
