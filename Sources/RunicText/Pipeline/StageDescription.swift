/// One stage of a pipeline, as an archive stores it: its name, version and options.
public struct StageDescription: Codable, Sendable, Hashable {
    /// The name in a registry.
    public var name: String
    /// The version of the stage's behaviour: another one may give other text. Nil, as people write it: the registry's.
    public var version: Int?
    /// SHA-256 of the shared library that has the stage; nil if it is compiled in, and as people write it.
    public var library: String?
    /// The options; those left out take the stage's defaults.
    public var options: [String: String]

    /// Describes the stage `name`.
    public init(name: String, version: Int? = nil, library: String? = nil, options: [String: String] = [:]) {
        self.name = name
        self.version = version
        self.library = library
        self.options = options
    }

    /// Reads a stage; version and options may be missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        version = try container.decodeIfPresent(Int.self, forKey: .version)
        library = try container.decodeIfPresent(String.self, forKey: .library)
        options = try container.decodeIfPresent([String: String].self, forKey: .options) ?? [:]
    }
}
