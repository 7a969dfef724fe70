/// Gives the symbols of a short text, such as a prompt, the ids of a vocabulary; what nothing stands for is left out.
struct VocabularyRecorder: SymbolConsumer {
    private let vocabulary: Vocabulary
    private(set) var identifiers: [UInt16] = []
    private(set) var symbolCount = 0
    /// What the vocabulary did not have.
    private(set) var absent = AbsentSymbols()

    init(vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
    }

    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>) {
        symbolCount += ends.count
        var start = start
        for k in 0..<ends.count {
            let end = base + Int(ends[k])
            if let index = vocabulary.identifier(of: bytes, start..<end) {
                identifiers.append(UInt16(truncatingIfNeeded: index))
            } else {
                identifiers += absent.take(bytes.extracting(start..<end), vocabulary).filter { $0 != Vocabulary.absent }
            }
            start = end
        }
    }
}
