/// The counted symbols that a vocabulary takes.
struct VocabularyChoice {
    /// The symbols taken, in the order of their bytes.
    let symbols: [Symbol]
    /// Whether there is an unknown symbol.
    let includesUnknown: Bool

    /// - Parameters:
    ///   - counts: symbols that the vocabulary lacks.
    ///   - kept: the number of symbols in the vocabulary before, without the unknown one.
    ///   - spells: whether symbols that are left out are spelled.
    ///   - hasUnknown: whether there is an unknown symbol already.
    /// - Throws: `TextError.noUnknownSymbol` or `.leftOut` if an unknown symbol is needed but ruled out.
    /// - Complexity: O(n log n) comparisons.
    init(
        _ counts: [Symbol: Int], _ options: VocabularyOptions, kept: Int, spells: Bool, hasUnknown: Bool
    ) throws(TextError) {
        let frequent = counts.filter { $0.value >= options.minimumCount }
        let rare = counts.count - frequent.count
        let refusesUnknown = !spells && !hasUnknown && options.includeUnknown == .never
        if rare > 0 && refusesUnknown {
            throw .noUnknownSymbol(rareSymbols: rare, minimumCount: options.minimumCount)
        }
        var includesUnknown = !spells && (hasUnknown || options.includeUnknown == .always || rare > 0)
        guard let maximum = options.maximumSize, kept + frequent.count + (includesUnknown ? 1 : 0) > maximum else {
            symbols = frequent.keys.sorted()
            self.includesUnknown = includesUnknown
            return
        }
        if refusesUnknown { throw .leftOut(symbols: kept + frequent.count - maximum, maximumSize: maximum) }
        includesUnknown = !spells
        let room = max(maximum - kept - (includesUnknown ? 1 : 0), 0)
        let ranked = frequent.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        symbols = ranked.prefix(room).map(\.key).sorted()
        self.includesUnknown = includesUnknown
    }
}
