/// Something in a file that a person should know about before training on it.
public struct TextTrouble: Codable, Sendable, Hashable {
    /// The file.
    public let path: String
    /// Where in the original file, in bytes from its start.
    public let offset: Int
    /// What is there.
    public let what: String
}
