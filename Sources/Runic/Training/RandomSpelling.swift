internal import RunicKernels
internal import RunicText

/// Spells some known symbols of a training text, so that a model learns to spell unknown ones.
///
/// Each occurrence of a symbol with c occurrences is spelled with probability
///
///     p = min(1/2, k / c)
///
/// drawn from the seed and the position. The spelled text decodes to the same bytes, whole or in chunks.
struct RandomSpelling {
    private static let purpose: UInt64 = 0x5BE1_0000_0000_0000

    /// For each id, the 64-bit draw below which it is spelled; 0 for never.
    private var limits: [UInt64]
    private let vocabulary: Vocabulary
    private let seed: UInt64
    /// The spelling of each id; empty until first used.
    private var spellings: [[UInt16]]
    private var position: UInt64 = 0

    /// - Parameters:
    ///   - text: the training part, in which occurrences are counted.
    ///   - occurrences: k, the mean number of spelled occurrences of a symbol.
    ///   - kept: ids that are never spelled, such as those of a document separator.
    /// - Returns: nil if k is 0 or the vocabulary has no fallback to bytes.
    /// - Complexity: O(symbols of the text).
    init?(
        vocabulary: Vocabulary, text: some Sequence<UInt16>, occurrences k: Double, seed: UInt64, kept: [UInt16] = []
    ) {
        guard let bytes = vocabulary.byteIdentifiers, k > 0 else { return nil }
        self.vocabulary = vocabulary
        self.seed = seed
        var counts = [Int](repeating: 0, count: vocabulary.count)
        for id in text { counts[Int(id)] += 1 }
        for id in bytes { counts[id] = 0 }
        for id in kept { counts[Int(id)] = 0 }
        limits = counts.map { $0 == 0 ? 0 : UInt64(min(0.5, k / Double($0)) * 0x1p64) }
        spellings = Array(repeating: [], count: vocabulary.count)
    }

    /// The next symbols of the text, some of them spelled.
    ///
    /// - Complexity: O(symbols).
    mutating func spelled(_ symbols: some RandomAccessCollection<UInt16>) -> [UInt16] {
        var result: [UInt16] = []
        result.reserveCapacity(symbols.count)
        for id in symbols { append(id, to: &result) }
        return result
    }

    /// Appends the next symbol of the text, or its spelling.
    mutating func append(_ id: UInt16, to result: inout [UInt16]) {
        let limit = limits[Int(id)]
        defer { position += 1 }
        guard limit > 0 else { return result.append(id) }
        var draw = SplitMix64(seed: seed, stream: Self.purpose + position)
        guard draw.next() < limit else { return result.append(id) }
        if spellings[Int(id)].isEmpty { spellings[Int(id)] = vocabulary.spelledOut(Int(id)) ?? [id] }
        result += spellings[Int(id)]
    }
}
