extension Vocabulary {
    /// A vocabulary that has grown by counted symbols: those of `base` keep their ids, new ones follow, sorted by their
    /// bytes, and the unknown symbol stays last.
    ///
    /// - Parameter options: new symbols that occur less often than the minimum, or exceed the maximum size, are left out: they become
    ///   unknown or are spelled. A base without an unknown symbol gets one if the options ask for it; an existing one stays. The
    ///   bytes of a fallback keep their ids; a base without them gets them after the new symbols if the options ask for them, and
    ///   then loses its unknown symbol.
    /// - Throws: `TextError.tooManySymbols`; `.noUnknownSymbol` or `.leftOut` if symbols that are left out need an unknown symbol
    ///   that the options rule out.
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

    /// The number of symbols without the unknown one and the bytes of the fallback.
    public var knownCount: Int { count - (unknown == nil ? 0 : 1) - (byteBase == nil ? 0 : Self.byteSymbols.count) }
}
