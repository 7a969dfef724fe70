/// Encodes and counts the symbols of a corpus that its vocabulary lacks.
struct AbsentSymbols: Sendable {
    /// Symbols that the vocabulary neither has nor spells.
    private(set) var unknown = 0
    /// Symbols that the vocabulary spells.
    private(set) var spelled = 0
    /// Code points of unknown symbols.
    private(set) var unknownCodePoints = 0
    /// Code points of the first symbol of the chunk if it is unknown, else 0.
    private(set) var firstUnknownCodePoints = 0
    /// The code points of each unknown symbol of the chunk.
    private(set) var lengths = UnknownLengths()
    /// How often each symbol occurs, spelled ones included.
    private(set) var tally: [Symbol: Int] = [:]
    private var isBeginning = true

    mutating func beginChunk() {
        firstUnknownCodePoints = 0
        lengths = UnknownLengths()
        isBeginning = true
    }

    /// Notes that the next symbol is not the first of the chunk.
    mutating func endBeginning() { isBeginning = false }

    /// Counts a symbol and returns its ids; `Vocabulary.absent` if it has none.
    mutating func take(_ bytes: Span<UInt8>, _ vocabulary: Vocabulary) -> [UInt16] {
        let symbol = Symbol((0..<bytes.count).map { bytes[$0] })
        count(symbol, times: 1, vocabulary)
        if vocabulary.byteBase == nil {
            let codePoints = codePointCount(of: bytes)
            if isBeginning { firstUnknownCodePoints = codePoints }
            lengths.append(codePoints)
        }
        isBeginning = false
        return vocabulary.spelling(of: symbol) ?? [Vocabulary.absent]
    }

    /// Counts a symbol that the vocabulary lacks and that occurs `times` times.
    mutating func count(_ symbol: Symbol, times: Int, _ vocabulary: Vocabulary) {
        tally[symbol, default: 0] += times
        guard vocabulary.byteBase == nil else {
            spelled += times
            return
        }
        unknown += times
        unknownCodePoints += codePointCount(of: symbol.bytes.span) * times
    }
}
