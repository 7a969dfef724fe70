internal import RunicArchive
internal import RunicModel
internal import RunicText

/// The metadata of an archive, except the note on training.
enum ModelManifest {
    /// - Throws: `ArchiveError` if a part cannot be written as JSON, or `TextError` if ICU fails.
    static func make(
        configuration: ModelConfiguration, options: TrainingOptions, vocabulary: Vocabulary, registry: StageRegistry
    ) throws -> ArchiveManifest {
        var manifest = ArchiveManifest()
        try manifest.encode(.model, value: configuration)
        try manifest.encode(.pipeline, value: try TextPipeline(options.pipeline, registry: registry).description)
        try manifest.encode(.vocabulary, value: vocabulary)
        try manifest.encode(.unicode, value: try UnicodeInformation())
        if let licence = options.licence { try manifest.encode(.licence, value: licence) }
        if let description = options.description { try manifest.encode(.description, value: description) }
        return manifest
    }
}
