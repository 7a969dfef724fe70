public import RunicSymbols

/// A corpus as ids, two bytes a symbol.
public struct EncodedCorpus: Sendable {
    /// The ids in the order of the text.
    ///
    /// A symbol that is not in the vocabulary is spelled with the fallback to bytes, else it is the unknown id, or `Vocabulary.absent` if the vocabulary has none;
    /// `absent` cannot occur when the vocabulary was made from this corpus.
    public let identifiers: SymbolSequence
    /// The vocabulary that the ids belong to.
    public let vocabulary: Vocabulary
    /// How often each id occurs.
    public let counts: [Int]
    /// What was read in all.
    public let statistics: TextStatistics
    /// What was read from each file.
    public let files: [FileStatistics]
}
