extension Vocabulary {
    /// A vocabulary that has grown by counted symbols: those of `base` keep their ids, new ones follow, sorted by their
    /// bytes, and the unknown symbol stays last.
    ///
    /// - Parameter options: a new symbol that is seen less often than its minimum is rare and becomes the unknown one. A base
    ///   without an unknown symbol gets one where the options ask for it; one that is there stays.
    /// - Throws: `TextError.tooManySymbols`, or `.noUnknownSymbol` if rare symbols need one that is not wanted.
    /// - Complexity: O(n log n) comparisons.
    public init(
        growing base: Vocabulary, counts: [Symbol: Int], options: VocabularyOptions = VocabularyOptions()
    ) throws(TextError) {
        let unseen = counts.filter { base.identifier(of: $0.key) == nil }
        let added = unseen.filter { $0.value >= options.minimumCount }.map(\.key).sorted()
        let rare = unseen.count - added.count
        if rare > 0 && base.unknown == nil && options.includeUnknown == .never {
            throw .noUnknownSymbol(rareSymbols: rare, minimumCount: options.minimumCount)
        }
        var symbols = base.symbols.prefix(base.knownCount) + added
        var unknown: Int?
        if base.unknown != nil || options.includeUnknown == .always || rare > 0 {
            unknown = symbols.count
            symbols.append(Symbol([]))
        }
        try self.init(unit: base.unit, symbols: Array(symbols), unknown: unknown)
    }

    /// The number of symbols, the unknown one left out.
    public var knownCount: Int { count - (unknown == nil ? 0 : 1) }
}
