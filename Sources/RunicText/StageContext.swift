/// What a stage is told about the text it is made for.
public struct StageContext: Sendable {
    /// The file, for error messages; empty for text in memory, `-` for standard input.
    public var path: String

    /// Describes the text at `path`.
    public init(path: String = "") {
        self.path = path
    }
}
