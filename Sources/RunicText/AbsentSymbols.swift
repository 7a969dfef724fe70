/// What becomes of symbols that a vocabulary does not have, and how many there were.
struct AbsentSymbols: Sendable {
    private(set) var symbols = 0
    private(set) var codePoints = 0
    /// Code points of the first symbol of the piece if that is absent, else 0.
    private(set) var firstCodePoints = 0
    private var isBeginning = true

    /// The ids that stand for a symbol that the vocabulary does not have: `Vocabulary.absent` where none does.
    static func identifiers(for symbol: Symbol, _ vocabulary: Vocabulary) -> [UInt16] {
        [vocabulary.unknown.map { UInt16(truncatingIfNeeded: $0) } ?? Vocabulary.absent]
    }

    mutating func beginPiece() {
        firstCodePoints = 0
        isBeginning = true
    }

    /// The next symbol is not the first of the piece.
    mutating func endBeginning() { isBeginning = false }

    /// Counts a symbol, and gives the ids that stand for it.
    mutating func take(_ bytes: Span<UInt8>, _ vocabulary: Vocabulary) -> [UInt16] {
        let each = codePointCount(of: bytes)
        count(codePoints: each, times: 1)
        if isBeginning { firstCodePoints = each }
        isBeginning = false
        return Self.identifiers(for: Symbol((0..<bytes.count).map { bytes[$0] }), vocabulary)
    }

    /// Counts a symbol that occurs so many times.
    mutating func count(codePoints each: Int, times: Int) {
        symbols += times
        codePoints += each * times
    }
}
