internal import RunicKernels
internal import RunicText

/// Spells some symbols of a training text although the vocabulary has them, so that a model learns what stands for those that it
/// has not.
///
/// An occurrence of a symbol with c occurrences is spelled with the chance
///
///     p = min(1/2, k / c)
///
/// drawn from the seed and its position. The spelled text decodes to the same bytes, whole or in parts.
struct RandomSpelling {
    private static let purpose: UInt64 = 0x5BE1_0000_0000_0000

    /// For each id the words below which a draw spells it; 0: never.
    private var limits: [UInt64]
    private let vocabulary: Vocabulary
    private let seed: UInt64
    /// What symbols are spelled with; empty before the first time.
    private var spellings: [[UInt16]]
    private var position: UInt64 = 0

    /// - Parameters:
    ///   - text: the training part, whose symbols are counted.
    ///   - occurrences: k, how many occurrences of a symbol are spelled on average.
    ///   - kept: ids that are never spelled, such as those that separate documents.
    /// - Returns: nil where nothing is spelled: k is 0, or the vocabulary has no fallback to bytes.
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

    /// The next part of the text, some of its symbols spelled.
    ///
    /// - Complexity: O(symbols of the part).
    mutating func spelled(_ part: some RandomAccessCollection<UInt16>) -> [UInt16] {
        var result: [UInt16] = []
        result.reserveCapacity(part.count)
        for id in part { append(id, to: &result) }
        return result
    }

    /// Appends the next symbol of the text, or what spells it.
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
