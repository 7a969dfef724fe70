/// What becomes of symbols that a vocabulary does not have, and how many there were.
struct AbsentSymbols: Sendable {
    /// Symbols that nothing but the unknown symbol stands for, if that.
    private(set) var unknown = 0
    /// Symbols that other symbols spell.
    private(set) var spelled = 0
    /// Code points of unknown symbols.
    private(set) var unknownCodePoints = 0
    /// Code points of the first symbol of the piece if that is unknown, else 0.
    private(set) var firstUnknownCodePoints = 0
    private var isBeginning = true

    mutating func beginPiece() {
        firstUnknownCodePoints = 0
        isBeginning = true
    }

    /// The next symbol is not the first of the piece.
    mutating func endBeginning() { isBeginning = false }

    /// Counts a symbol, and gives the ids that stand for it: `Vocabulary.absent` where none does.
    mutating func take(_ bytes: Span<UInt8>, _ vocabulary: Vocabulary) -> [UInt16] {
        let symbol = Symbol((0..<bytes.count).map { bytes[$0] })
        count(symbol, times: 1, vocabulary)
        if isBeginning && vocabulary.byteBase == nil { firstUnknownCodePoints = codePointCount(of: bytes) }
        isBeginning = false
        return vocabulary.spelling(of: symbol) ?? [Vocabulary.absent]
    }

    /// Counts a symbol that the vocabulary does not have, and that occurs so many times.
    mutating func count(_ symbol: Symbol, times: Int, _ vocabulary: Vocabulary) {
        guard vocabulary.byteBase == nil else {
            spelled += times
            return
        }
        unknown += times
        unknownCodePoints += codePointCount(of: symbol.bytes.span) * times
    }
}
