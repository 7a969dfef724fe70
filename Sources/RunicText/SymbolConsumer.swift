/// What takes the symbols of a corpus, and may look at the original bytes.
protocol SymbolConsumer {
    /// How many symbols it has taken.
    var symbolCount: Int { get }

    /// Takes symbols that lie one after the other: the first begins at `start`, each ends at `base` + its element
    /// of `ends`, where the next one begins.
    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>)

    /// Takes the next bytes of the file at `path` as they are on disk, before their symbols.
    mutating func examine(_ original: Span<UInt8>, path: String) throws(TextError)

    /// Ends the file at `path`.
    mutating func finish(path: String) throws(TextError)
}

extension SymbolConsumer {
    mutating func examine(_ original: Span<UInt8>, path: String) throws(TextError) {}
    mutating func finish(path: String) throws(TextError) {}
}
