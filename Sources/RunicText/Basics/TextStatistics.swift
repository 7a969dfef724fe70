/// What was read from all files of a corpus.
public struct TextStatistics: Codable, Sendable, Hashable {
    /// Bytes of the files as they are.
    public var bytes = 0
    /// Code points after all stages.
    public var codePoints = 0
    /// Grapheme clusters after all stages, whatever the unit: the characters of bits per character.
    public var graphemeClusters = 0
    /// Symbols.
    public var symbols = 0
    /// Symbols that are not in the vocabulary and not spelled.
    public var unknownSymbols = 0
    /// Symbols that are not in the vocabulary and spelled with code points and bytes.
    public var spelledSymbols = 0
    /// Code points in those symbols; for the unit `byte`, bytes that begin one.
    public var unknownCodePoints = 0
    /// Code points of the very first symbol if that is not in the vocabulary, else 0; counted like `unknownCodePoints`.
    public var firstSymbolUnknownCodePoints = 0
    /// Original bytes that were replaced because they were invalid.
    public var repairedBytes = 0
    /// Whether the pipeline lost information: by a lossy stage, or because bytes were replaced.
    public var isLossy = false

    /// Nothing was read yet.
    public init() {}

    /// The sums over `files`.
    package init(_ files: [FileStatistics], isLossless: Bool) {
        for file in files {
            bytes += file.bytes
            codePoints += file.codePoints
            graphemeClusters += file.graphemeClusters
            symbols += file.symbols
            repairedBytes += file.repairedBytes
        }
        isLossy = !isLossless || repairedBytes > 0
    }

    private enum CodingKeys: String, CodingKey {
        case bytes, symbols
        case codePoints = "code_points"
        case graphemeClusters = "grapheme_clusters"
        case unknownSymbols = "unknown_symbols"
        case spelledSymbols = "spelled_symbols"
        case unknownCodePoints = "unknown_code_points"
        case firstSymbolUnknownCodePoints = "first_symbol_unknown_code_points"
        case repairedBytes = "repaired_bytes"
        case isLossy = "lossy"
    }
}
