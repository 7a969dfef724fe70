extension Vocabulary {
    /// A vocabulary that has grown by counted symbols: those of `base` keep their ids, new ones follow, sorted by their
    /// bytes, and the unknown symbol stays last.
    ///
    /// - Parameter options: a new symbol that is seen less often than its minimum, or has no place among the most symbols that it
    ///   allows, is left out: it becomes the unknown one or is spelled. A base without an unknown symbol gets one where the
    ///   options ask for it; one that is there stays. The bytes of a fallback stay where they are; a base without them gets
    ///   them behind the new symbols where the options ask for them, in the place of its unknown symbol.
    /// - Throws: `TextError.tooManySymbols`, or `.noUnknownSymbol` or `.leftOut` if symbols that are left out need an unknown
    ///   one that is not wanted.
    /// - Complexity: O(n log n) comparisons.
    public init(
        growing base: Vocabulary, counts: [Symbol: Int], options: VocabularyOptions = VocabularyOptions()
    ) throws(TextError) {
        let unseen = counts.filter { base.identifier(of: $0.key) == nil }
        let kept = base.symbols.prefix(base.unknown ?? base.count)
        var byteBase = base.byteBase
        let getsBytes = byteBase == nil && options.fallback == .bytes
        let choice = try VocabularyChoice(
            unseen, options, kept: kept.count + (getsBytes ? Self.byteSymbols.count : 0),
            spells: getsBytes || byteBase != nil, hasUnknown: base.unknown != nil)
        var symbols = kept + choice.symbols
        if getsBytes {
            byteBase = symbols.count
            symbols += Self.byteSymbols
        }
        var unknown: Int?
        if choice.includesUnknown {
            unknown = symbols.count
            symbols.append(Symbol([]))
        }
        try self.init(unit: base.unit, symbols: Array(symbols), unknown: unknown, byteBase: byteBase)
    }

    /// The number of symbols, the unknown one and the bytes of the fallback left out.
    public var knownCount: Int { count - (unknown == nil ? 0 : 1) - (byteBase == nil ? 0 : Self.byteSymbols.count) }
}
