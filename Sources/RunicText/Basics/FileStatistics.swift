/// What was read from one file.
public struct FileStatistics: Codable, Sendable, Hashable {
    /// The file; `-` is standard input.
    public var path: String
    /// Bytes of the file as it is.
    public var bytes = 0
    /// SHA-256 of those bytes, as 64 hexadecimal digits.
    public var sha256 = ""
    /// Code points after all stages.
    public var codePoints = 0
    /// Grapheme clusters after all stages, whatever the unit.
    public var graphemeClusters = 0
    /// Symbols.
    public var symbols = 0
    /// Original bytes that were replaced because they were invalid.
    public var repairedBytes = 0

    /// What the stages remark about the file, one line each.
    public var remarks: [String] = []

    /// Nothing was read from `path` yet.
    public init(path: String) {
        self.path = path
    }

    private enum CodingKeys: String, CodingKey {
        case path, bytes, sha256, symbols, remarks
        case codePoints = "code_points"
        case graphemeClusters = "grapheme_clusters"
        case repairedBytes = "repaired_bytes"
    }
}
