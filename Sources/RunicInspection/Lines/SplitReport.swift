/// The symbols of each part of a text.
package struct SplitReport: Encodable, Sendable, Hashable {
    package struct Part: Encodable, Sendable, Hashable {
        package let symbols: Int
        /// Different symbols.
        package let different: Int
        /// Different symbols that the training part does not have.
        package let unseen: Int
        /// How often those occur.
        package let unseenOccurrences: Int

        /// The fraction of the part that is in those, 0 to 1.
        package var unseenFraction: Double { Double(unseenOccurrences) / Double(max(symbols, 1)) }

        private enum CodingKeys: String, CodingKey {
            case symbols, different, unseen
            case unseenOccurrences = "unseen_occurrences"
        }
    }

    package let fractions: [Double]
    package let streams: Int
    package let training: Part
    package let validation: Part
    package let test: Part
    /// How often symbols of validation and test occur that training does not have: ids, the most frequent first.
    package let unseen: [Int]

    /// The fraction of validation and test that is in symbols that training does not have, 0 to 1.
    package var unseenFraction: Double {
        Double(validation.unseenOccurrences + test.unseenOccurrences)
            / Double(max(validation.symbols + test.symbols, 1))
    }

    /// - Complexity: O(symbols).
    package init(
        of symbols: Span<UInt16>, parts: TextParts, fractions: [Double], streams: Int, vocabularySize: Int
    ) {
        let counts = TextPart.allCases.map { part in
            var counts = [Int](repeating: 0, count: vocabularySize)
            for range in parts[part] {
                for index in range where Int(symbols[index]) < vocabularySize { counts[Int(symbols[index])] += 1 }
            }
            return counts
        }
        let made = counts.map { own in
            let unseen = own.indices.filter { own[$0] > 0 && counts[0][$0] == 0 }
            return Part(
                symbols: own.reduce(0, +), different: own.count { $0 > 0 }, unseen: unseen.count,
                unseenOccurrences: unseen.reduce(0) { $0 + own[$1] })
        }
        self.fractions = fractions
        self.streams = streams
        (training, validation, test) = (made[0], made[1], made[2])
        let elsewhere = (0..<vocabularySize).filter { counts[0][$0] == 0 && counts[1][$0] + counts[2][$0] > 0 }
        unseen = elsewhere.sorted {
            (counts[1][$1] + counts[2][$1], $0) < (counts[1][$0] + counts[2][$0], $1)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case fractions = "shares"
        case streams, training, validation, test
    }
}
