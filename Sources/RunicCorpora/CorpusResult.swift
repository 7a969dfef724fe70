/// A corpus that is there.
public struct CorpusResult: Sendable, Hashable {
    /// Which one.
    public let corpus: Corpus
    /// The path of the text.
    public let path: String
    /// The size of the text in bytes.
    public let byteCount: Int
    /// Its SHA-256 as 64 lower-case hexadecimal digits.
    public let sha256: String
    /// Whether that was compared with a known one; else only the size was.
    public let isVerified: Bool
    /// Whether it was fetched; else it was there.
    public let isNew: Bool
    /// The address that it is from, or that it would have been fetched from.
    public let address: String
}
