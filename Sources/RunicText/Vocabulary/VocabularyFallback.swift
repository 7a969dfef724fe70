/// What stands for symbols that a vocabulary does not have.
public enum VocabularyFallback: String, Codable, CaseIterable, Sendable {
    /// The unknown symbol: what it was is lost.
    case unknown
    /// A symbol's code points where they are symbols themselves, and bytes where they are not: any text comes back from
    /// its ids as it was. Such a vocabulary has no unknown symbol.
    case bytes
}
