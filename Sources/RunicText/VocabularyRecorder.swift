/// Gives symbols the ids of a vocabulary.
struct VocabularyRecorder: SymbolConsumer {
    /// What becomes of a symbol that is not in a vocabulary without an unknown symbol.
    enum Absent { case mark, drop }

    private let vocabulary: Vocabulary
    private let absent: Absent
    private(set) var identifiers: [UInt16] = []
    private(set) var symbolCount = 0
    private(set) var counts: [Int]
    /// Symbols that are not in the vocabulary and are spelled.
    private(set) var spelledSymbols = 0
    private(set) var unknownSymbols = 0
    private(set) var unknownCodePoints = 0
    /// Code points of the very first symbol if that is unknown.
    private(set) var firstSymbolUnknownCodePoints = 0

    init(vocabulary: Vocabulary, absent: Absent, capacity: Int = 0) {
        self.vocabulary = vocabulary
        self.absent = absent
        counts = [Int](repeating: 0, count: vocabulary.count)
        identifiers.reserveCapacity(capacity)
    }

    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>) {
        let isBeginning = symbolCount == 0
        symbolCount += ends.count
        var start = start
        for k in 0..<ends.count {
            let end = base + Int(ends[k])
            if let index = vocabulary.identifier(of: bytes, start..<end) {
                counts[index] += 1
                identifiers.append(UInt16(truncatingIfNeeded: index))
            } else {
                takeUnknown(bytes.extracting(start..<end))
                if isBeginning && k == 0 { firstSymbolUnknownCodePoints = unknownCodePoints }
            }
            start = end
        }
    }

    private mutating func takeUnknown(_ bytes: Span<UInt8>) {
        if vocabulary.byteBase != nil {
            spelledSymbols += 1
            for id in vocabulary.spelling(of: Symbol(bytes.indices.map { bytes[$0] })) ?? [] {
                counts[Int(id)] += 1
                identifiers.append(id)
            }
            return
        }
        unknownSymbols += 1
        unknownCodePoints += codePointCount(of: bytes)
        if let unknown = vocabulary.unknown {
            counts[unknown] += 1
            identifiers.append(UInt16(truncatingIfNeeded: unknown))
        } else if absent == .mark {
            identifiers.append(Vocabulary.absent)
        }
    }

    /// Takes the ids out.
    mutating func takeIdentifiers() -> [UInt16] {
        var taken: [UInt16] = []
        swap(&taken, &identifiers)
        return taken
    }
}
