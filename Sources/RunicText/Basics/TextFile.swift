/// One file of a corpus.
public struct TextFile: Sendable, Hashable {
    /// The path that stands for standard input.
    public static let standardInputPath = "-"

    /// Where it is; `-` is standard input.
    public let path: String
    /// Its size in bytes when it was looked up, 0 if that is not known.
    public let size: Int

    /// The file at `path`.
    public init(path: String, size: Int = 0) {
        self.path = path
        self.size = size
    }
}
