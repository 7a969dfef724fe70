/// A well-known text that can be fetched by its name.
public struct Corpus: Sendable, Hashable {
    /// What a user types.
    public let name: String
    /// What it is, in one line.
    public let summary: String
    /// Where it is published: an `https:` address of the text, or of a zip with the text as its only member.
    public let address: String
    /// The name that a fetched file gets unless another is given.
    public let fileName: String
    /// The size of the text in bytes.
    public let byteCount: Int
    /// The SHA-256 of the text as 64 lower-case hexadecimal digits; nil where it is not known for certain.
    public let sha256: String?
    /// The size in bytes of the zip at `address`; nil where the text itself lies there.
    public let archiveByteCount: Int?
    /// Under what terms the text may be used.
    public let licence: String

    /// Describes a corpus.
    ///
    /// - Parameter fileName: nil stands for the name with `.txt` behind it.
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
