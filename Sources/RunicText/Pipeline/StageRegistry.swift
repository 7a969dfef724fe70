/// The stages that a pipeline can have, by name.
///
/// `segment` is not among them: every pipeline ends in one, which is its own.
public struct StageRegistry: Sendable {
    private var definitions: [String: StageDefinition] = [:]

    /// A registry of these stages; a later definition of a name replaces an earlier one.
    public init(_ definitions: [StageDefinition] = []) {
        for definition in definitions { register(definition) }
    }

    /// The built-in stages.
    public static let builtIn = StageRegistry([
        .decode, .newlines, .normalize, .letterCase, .transliterate, .replace, .filter, .strip, .spaces, .dedupe,
        .fields, .abc, .between, .subtitles,
    ])

    /// Adds a stage, or replaces the one of the same name.
    public mutating func register(_ definition: StageDefinition) {
        definitions[definition.name] = definition
    }

    /// Adds the stages of a plugin, which may be there already.
    ///
    /// - Throws: `TextError.pluginStage` if a stage of another origin has the name of one of them.
    public mutating func register(_ plugin: StagePlugin) throws(TextError) {
        for definition in plugin.definitions {
            if let other = definitions[definition.name], other.library != plugin.sha256 {
                throw .pluginStage(
                    path: plugin.path, stage: definition.name, text: nil,
                    reason: "another stage has this name; leave out one of the two")
            }
            register(definition)
        }
    }

    /// Whether there are stages of the plugin with this SHA-256.
    package func hasStages(ofPlugin sha256: String) -> Bool { definitions.values.contains { $0.library == sha256 } }

    /// The names of all stages, sorted.
    public var names: [String] { definitions.keys.sorted() }

    /// Finds a described stage.
    ///
    /// - Throws: `TextError.unknownStage`, `.missingPlugin`, `.stageLibrary` or `.stageVersion`.
    public func definition(for description: StageDescription) throws(TextError) -> StageDefinition {
        guard let definition = definitions[description.name] else {
            if let library = description.library {
                throw .missingPlugin(stage: description.name, version: description.version, library: library)
            }
            throw .unknownStage(name: description.name, known: names + [SegmentOptions.stageName])
        }
        if let library = description.library, definition.library != library {
            throw .stageLibrary(name: description.name, found: definition.library, expected: library)
        }
        if let version = description.version, definition.version != version {
            throw .stageVersion(name: description.name, found: definition.version, expected: version)
        }
        return definition
    }

    func areLossless(_ stages: [StageDescription]) -> Bool {
        stages.allSatisfy { stage in
            stage.name == SegmentOptions.stageName || definitions[stage.name]?.isLossless(stage.options) ?? false
        }
    }
}
