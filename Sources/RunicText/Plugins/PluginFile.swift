/// Where a plugin is, and which one it was: what a training run notes, to load the same again.
public struct PluginFile: Codable, Sendable, Hashable {
    /// The file, absolute.
    public var path: String
    /// SHA-256 of the file, as 64 hexadecimal digits.
    public var sha256: String

    /// Notes a plugin.
    public init(path: String, sha256: String) {
        self.path = path
        self.sha256 = sha256
    }
}
