/// Counts over all files of a corpus.
public struct TextStatistics: Codable, Sendable, Hashable {
    /// Bytes of the original files.
    public var bytes = 0
    /// Code points after all stages.
    public var codePoints = 0
    /// Grapheme clusters after all stages, whatever the unit: the characters of bits per character.
    public var graphemeClusters = 0
    /// Symbols.
    public var symbols = 0
    /// *Unknown* symbols: the vocabulary neither has nor spells them.
    public var unknownSymbols = 0
    /// *Spelled* symbols: the vocabulary lacks them and spells them in code points and bytes.
    public var spelledSymbols = 0
    /// Code points in the unknown symbols; for the unit `byte`, bytes that begin one.
    public var unknownCodePoints = 0
    /// Code points of the very first symbol if it is unknown, else 0; counted like `unknownCodePoints`.
    public var firstSymbolUnknownCodePoints = 0
    /// Original bytes that were replaced because they were invalid.
    public var repairedBytes = 0
    /// Whether the pipeline lost information of this text: a stage that cannot be undone changed it, or bytes were replaced.
    public var isLossy = false

    /// Creates statistics of no text.
    public init() {}

    /// The sums over `files`.
    package init(_ files: [FileStatistics]) {
        for file in files {
            bytes += file.bytes
            codePoints += file.codePoints
            graphemeClusters += file.graphemeClusters
            symbols += file.symbols
            repairedBytes += file.repairedBytes
        }
        isLossy = repairedBytes > 0 || files.contains(where: \.hasLost)
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

/// Counts of one file.
public struct FileStatistics: Codable, Sendable, Hashable {
    /// The file; `-` is standard input.
    public var path: String
    /// Bytes of the original file.
    public var bytes = 0
    /// SHA-256 of these bytes, as 64 hexadecimal digits.
    public var sha256 = ""
    /// Code points after all stages.
    public var codePoints = 0
    /// Grapheme clusters after all stages, whatever the unit.
    public var graphemeClusters = 0
    /// Symbols.
    public var symbols = 0
    /// Original bytes that were replaced because they were invalid.
    public var repairedBytes = 0

    /// Where the first of them is, in bytes from the start of the file; nil where no byte was replaced, or its place is not known.
    public var firstRepairedByte: Int?
    /// Bytes that are not UTF-8 and were read as they are, by a pipeline that reads bytes; not saved.
    package var strayBytes = StrayBytes()

    /// Whether the pipeline lost information of the file; not saved.
    package var hasLost = false

    /// The stages' remarks about the file, one line each.
    public var remarks: [String] = []
    /// Those of the remarks that say that the text may have been misread; they are not stored.
    public var warnings: [String] = []

    /// Creates statistics of a file that has not been read yet.
    public init(path: String) {
        self.path = path
    }

    private enum CodingKeys: String, CodingKey {
        case path, bytes, sha256, symbols, remarks
        case firstRepairedByte = "first_repaired_byte"
        case codePoints = "code_points"
        case graphemeClusters = "grapheme_clusters"
        case repairedBytes = "repaired_bytes"
    }
}
