/// What a stage is told about the text it is made for.
public struct StageContext: Sendable {
    /// The file, for error messages; empty for text in memory, `-` for standard input.
    public var path: String

    /// Whether the text goes on here and began elsewhere, so that there is no byte order mark to look for.
    public var isContinuation: Bool

    /// Whether the text is in memory, such as a prompt: it is UTF-8, whatever encoding the files of a corpus have.
    public var isInMemory: Bool { path.isEmpty }

    /// Describes the text at `path`.
    public init(path: String = "", isContinuation: Bool = false) {
        self.path = path
        self.isContinuation = isContinuation
    }
}
