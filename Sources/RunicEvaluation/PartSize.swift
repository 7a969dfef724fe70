/// What a part of the text holds beside its symbols, for bits per character.
package struct PartSize: Sendable, Hashable {
    /// Grapheme clusters of the normalised text for each id: 1 where ids are grapheme clusters, none of them spelled.
    package var charactersPerSymbol: Double
    /// Code points in symbols that the vocabulary lacks, the part's first symbol taken to be none of them.
    package var unknownCodePoints: Int

    /// - Precondition: the ratio is positive and the count is not negative.
    package init(charactersPerSymbol: Double = 1, unknownCodePoints: Int = 0) {
        precondition(
            charactersPerSymbol > 0 && unknownCodePoints >= 0,
            "\(charactersPerSymbol) characters a symbol, \(unknownCodePoints) unknown code points")
        self.charactersPerSymbol = charactersPerSymbol
        self.unknownCodePoints = unknownCodePoints
    }
}
