/// A short text as ids, such as a prompt.
public struct EncodedText: Sendable, Hashable {
    /// The ids; an unseen symbol is the unknown id, or left out if the vocabulary has no unknown symbol.
    public let identifiers: [UInt16]
    /// How many symbols are not in the vocabulary.
    public let unknownSymbols: Int
    /// How many of those were left out.
    public let droppedSymbols: Int
}
