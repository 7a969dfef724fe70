public import RunicModel
public import RunicText

/// The model that a run starts from: what of it is needed to take the run up again without it.
public struct FineTuning: Sendable, Hashable, Codable {
    /// Its name.
    public let model: String
    /// Its cell and sizes.
    public let configuration: ModelConfiguration
    /// Its vocabulary, which the run's begins with; nil in the note of an archive.
    public internal(set) var vocabulary: Vocabulary?
}

extension TrainingOptions {
    /// The same options for a run that starts from a model: cell, sizes and pipeline are the model's.
    func finetuning(_ model: TextModel) -> TrainingOptions {
        var options = self
        let repairs = pipeline == pipeline.repairing
        options.pipeline = repairs ? model.pipeline.description.repairing : model.pipeline.description
        let configuration = model.configuration
        (options.cell, options.layers) = (configuration.cell, configuration.layers)
        (options.hidden, options.embedding) = (configuration.hiddenSize, configuration.embeddingSize)
        options.finetuning = FineTuning(
            model: model.name, configuration: configuration, vocabulary: model.vocabulary)
        return options
    }
}
