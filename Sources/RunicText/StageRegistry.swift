/// The stages that pipelines can be made of, by name.
///
/// `segment` is not among them: it ends every pipeline and is the pipeline's own.
public struct StageRegistry: Sendable {
    private var definitions: [String: StageDefinition] = [:]

    /// A registry of these stages; a later definition of a name replaces an earlier one.
    public init(_ definitions: [StageDefinition] = []) {
        for definition in definitions { register(definition) }
    }

    /// The stages that are compiled in.
    public static let builtIn = StageRegistry([
        .decode, .newlines, .normalize, .letterCase, .transliterate, .replace, .filter, .strip, .spaces, .dedupe,
        .fields,
        .abc,
    ])

    /// Adds a stage, or replaces the one of the same name.
    public mutating func register(_ definition: StageDefinition) {
        definitions[definition.name] = definition
    }

    /// The names of all stages, sorted.
    public var names: [String] { definitions.keys.sorted() }

    /// Finds the stage that is described.
    ///
    /// - Throws: `TextError.unknownStage`, `.stageVersion` or `.stageLibrary`.
    public func definition(for description: StageDescription) throws(TextError) -> StageDefinition {
        guard let definition = definitions[description.name] else {
            throw .unknownStage(name: description.name, known: names + [SegmentOptions.stageName])
        }
        if let version = description.version, definition.version != version {
            throw .stageVersion(name: description.name, found: definition.version, expected: version)
        }
        if let library = description.library, definition.library != library {
            throw .stageLibrary(name: description.name, found: definition.library, expected: library)
        }
        return definition
    }

    func areLossless(_ stages: [StageDescription]) -> Bool {
        stages.allSatisfy { stage in
            stage.name == SegmentOptions.stageName || definitions[stage.name]?.isLossless(stage.options) ?? false
        }
    }
}
