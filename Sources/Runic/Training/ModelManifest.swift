internal import RunicArchive
internal import RunicModel
internal import RunicText

/// The metadata of the archives of a run.
struct ModelManifest {
    /// Everything but the note on training.
    private let common: ArchiveManifest
    /// The options as the note has them: with the pipeline's versions, as in a run folder.
    private let options: TrainingOptions
    private let files: [FileStatistics]

    /// - Throws: `ArchiveError` if a part cannot be written as JSON, or `TextError` if ICU fails.
    init(
        _ configuration: ModelConfiguration, _ options: TrainingOptions, _ corpus: EncodedCorpus,
        registry: StageRegistry
    ) throws {
        var noted = options
        noted.pipeline = try TextPipeline(options.pipeline, registry: registry).description
        common = try Self.make(
            configuration: configuration, options: noted, vocabulary: corpus.vocabulary, registry: registry)
        self.options = noted
        files = corpus.files
    }

    /// The metadata of the model of a step.
    ///
    /// - Parameter validationNats: nats per symbol on the validation part; nil before the first validation.
    func full(step: Int, validationNats: Double?) throws(ArchiveError) -> ArchiveManifest {
        var full = common
        let note = TrainingNote(step: step, validationNats: validationNats, options: options, texts: files)
        try full.encode(.training, value: note)
        return full
    }

    /// The metadata of an archive, except the note on training.
    ///
    /// - Throws: as ``init(_:_:_:registry:)``.
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
