/// One stage of a pipeline, as it is written in an archive: its name, version and options.
public struct StageDescription: Codable, Sendable, Hashable {
    /// The name by which a registry finds the stage.
    public var name: String
    /// The version of the stage's behaviour: another version may give other text.
    public var version: Int
    /// The options that differ from, or spell out, the stage's defaults.
    public var options: [String: String]

    /// Describes the stage `name`.
    public init(name: String, version: Int = 1, options: [String: String] = [:]) {
        self.name = name
        self.version = version
        self.options = options
    }
}
