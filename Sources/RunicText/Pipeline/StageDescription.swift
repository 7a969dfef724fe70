/// One stage of a pipeline, as it is written in an archive: its name, version and options.
public struct StageDescription: Codable, Sendable, Hashable {
    /// The name by which a registry finds the stage.
    public var name: String
    /// The version of the stage's behaviour: another version may give other text. Nil, in what a person writes: the registry's.
    public var version: Int?
    /// SHA-256 of the shared library that the stage comes from; nil for one that is compiled in, and in what a person writes.
    public var library: String?
    /// The options that differ from, or spell out, the stage's defaults.
    public var options: [String: String]

    /// Describes the stage `name`.
    public init(name: String, version: Int? = nil, library: String? = nil, options: [String: String] = [:]) {
        self.name = name
        self.version = version
        self.library = library
        self.options = options
    }

    /// Reads a stage; a person may leave out version and options.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        version = try container.decodeIfPresent(Int.self, forKey: .version)
        library = try container.decodeIfPresent(String.self, forKey: .library)
        options = try container.decodeIfPresent([String: String].self, forKey: .options) ?? [:]
    }
}
