internal import RunicFiles
public import RunicText

/// The note on training in an archive, under `training`.
public struct TrainingNote: Sendable, Hashable, Codable {
    /// Updates that led to the parameters.
    public var step: Int
    /// Seconds of training, validation included.
    public var seconds: Double
    /// The loss on the validation part, nats per symbol, as in the log: without the 21 bits that the code points of unknown
    /// symbols cost in ``EvaluationReport``.
    public var validationNats: Double?
    /// The options of the run.
    public var options: TrainingOptions
    /// SHA-256 of each file of the text.
    public var texts: [FileStatistics]

    /// A note for an archive: paths are reduced to their last component, so that they reveal nothing about the machine.
    init(step: Int, seconds: Double, validationNats: Double?, options: TrainingOptions, texts: [FileStatistics]) {
        self.step = step
        self.seconds = seconds
        self.validationNats = validationNats
        self.options = options
        self.options.texts = options.texts.map(FilePath.fileName)
        self.options.plugins = options.plugins?.map {
            PluginFile(path: FilePath.fileName(of: $0.path), sha256: $0.sha256)
        }
        // The archive itself has the grown vocabulary.
        self.options.finetuning?.vocabulary = nil
        self.texts = texts.map { file in
            var file = file
            file.path = FilePath.fileName(of: file.path)
            return file
        }
    }

    enum CodingKeys: String, CodingKey {
        case step, seconds, options, texts
        case validationNats = "validation_nats"
    }
}
