internal import CRunicText

/// A short text as ids, such as a prompt, and counts of its *unseen* symbols, those that the vocabulary lacks.
public struct EncodedText: Sendable, Hashable {
    /// The ids: of an unseen symbol those that spell it or the unknown one; none where the vocabulary has neither.
    public private(set) var identifiers: [UInt16] = []
    /// Symbols of the text, unseen ones included.
    public private(set) var symbolCount = 0
    /// Unseen symbols that the vocabulary does not spell.
    public private(set) var unknownSymbols = 0
    /// Unseen symbols that the vocabulary spells in code points and bytes.
    public private(set) var spelledSymbols = 0
    /// Unknown symbols that were left out, as the vocabulary has no unknown symbol.
    public private(set) var droppedSymbols = 0
    /// The first five different unknown symbols.
    public private(set) var unknownExamples: [Symbol] = []
    /// Whether there are more different unknown symbols than the examples.
    public private(set) var hasMoreUnknown = false

    /// All unseen symbols, spelled or unknown.
    public var unseenSymbols: Int { unknownSymbols + spelledSymbols }

    /// An empty text.
    package init() {}

    /// Appends a symbol and returns its ids; none if it is left out.
    ///
    /// - Complexity: O(bytes of the symbol).
    @discardableResult
    package mutating func append(_ symbol: Symbol, _ vocabulary: Vocabulary) -> [UInt16] {
        symbolCount += 1
        let ids = vocabulary.spelling(of: symbol) ?? []
        identifiers += ids
        guard vocabulary.identifier(of: symbol) == nil else { return ids }
        guard vocabulary.byteBase == nil else {
            spelledSymbols += 1
            return ids
        }
        unknownSymbols += 1
        if ids.isEmpty { droppedSymbols += 1 }
        if !unknownExamples.contains(symbol) {
            if unknownExamples.count < 5 { unknownExamples.append(symbol) } else { hasMoreUnknown = true }
        }
        return ids
    }
}

extension TextPipeline {
    /// The ids of the text's symbols.
    ///
    /// - Parameter isContinuation: whether the text continues one that began elsewhere, cut by ``chunkEnd(of:from:size:)``.
    /// - Throws: the errors of the stages; the built-in ones have none on valid UTF-8.
    public func encode(
        _ text: [UInt8], vocabulary: Vocabulary, isContinuation: Bool = false
    ) throws(TextError) -> EncodedText {
        var encoded = EncodedText()
        for symbol in try symbols(of: text, isContinuation: isContinuation) { encoded.append(symbol, vocabulary) }
        return encoded
    }

    /// The ids of the text's symbols.
    ///
    /// - Throws: what stages that are not built in throw; the built-in ones take any String.
    public func encode(_ text: String, vocabulary: Vocabulary) throws(TextError) -> EncodedText {
        try encode(Array(text.utf8), vocabulary: vocabulary)
    }

    /// The end of the first chunk of a text in memory that can be encoded apart from the rest: the ids of all chunks together are
    /// those of the whole text.
    ///
    /// - Parameters:
    ///   - start: where the chunk begins.
    ///   - size: the bytes that the chunk should have; it has more where the text cannot be cut earlier.
    /// - Returns: the end of the text where it cannot be cut.
    /// - Complexity: O(bytes of the chunk).
    package func chunkEnd(of text: [UInt8], from start: Int, size: Int) -> Int {
        var size = max(size, 1)
        guard text.count - start > size, splitsTextInMemory else { return text.count }
        while text.count - start > size {
            let found = unsafe text.withUnsafeBufferPointer { bytes in
                unsafe Int(
                    runic_last_cut(bytes.baseAddress.map { unsafe $0 + start }, size, cutsLinesOnly ? 1 : 0))
            }
            if found > 0 { return start + found }
            size *= 2
        }
        return text.count
    }
}
