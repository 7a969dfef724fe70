/// A well-known text that can be fetched by name.
public struct Corpus: Sendable, Hashable {
    /// The name that a user types.
    public let name: String
    /// A description in one line.
    public let summary: String
    /// The `https:` address of the text, or of a zip file with the text as its only member.
    public let address: String
    /// The default name of the fetched file.
    public let fileName: String
    /// The size of the text in bytes.
    public let byteCount: Int
    /// The SHA-256 of the text as 64 lower-case hexadecimal digits; nil if it is not known for certain.
    public let sha256: String?
    /// The size in bytes of the zip file at `address`; nil if the text itself is there.
    public let archiveByteCount: Int?
    /// The terms of use of the text.
    public let licence: String

    /// Describes a corpus.
    ///
    /// - Parameter fileName: nil: the name followed by `.txt`.
    public init(
        name: String, summary: String, address: String, fileName: String? = nil, byteCount: Int, sha256: String?,
        archiveByteCount: Int? = nil, licence: String
    ) {
        self.name = name
        self.summary = summary
        self.address = address
        self.fileName = fileName ?? name + ".txt"
        self.byteCount = byteCount
        self.sha256 = sha256
        self.archiveByteCount = archiveByteCount
        self.licence = licence
    }
}

/// A corpus on the disk.
public struct CorpusResult: Sendable, Hashable {
    /// The corpus.
    public let corpus: Corpus
    /// The path of the text.
    public let path: String
    /// The size of the text in bytes.
    public let byteCount: Int
    /// Its SHA-256 as 64 lower-case hexadecimal digits.
    public let sha256: String
    /// Whether the SHA-256 is the expected one; otherwise only the size was checked.
    public let isVerified: Bool
    /// Whether it was fetched now; otherwise it was already there.
    public let isNew: Bool
    /// The address from which it was, or would have been, fetched.
    public let address: String
}
