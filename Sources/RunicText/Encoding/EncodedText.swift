/// A short text as ids, such as a prompt.
public struct EncodedText: Sendable, Hashable {
    /// The ids; an unseen symbol is spelled with the fallback to bytes, else it is the unknown id, or left out if the vocabulary
    /// has no unknown symbol.
    public let identifiers: [UInt16]
    /// How many symbols are not in the vocabulary and not spelled.
    public let unknownSymbols: Int
    /// How many symbols are not in the vocabulary and spelled with several ids.
    public let spelledSymbols: Int
    /// How many of those were left out.
    public let droppedSymbols: Int
}
