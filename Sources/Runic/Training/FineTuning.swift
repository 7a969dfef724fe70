public import RunicModel
public import RunicText
internal import RunicTraining

/// The model that a run starts from: the parts of it that resuming needs, so the model file itself is not needed.
public struct FineTuning: Sendable, Hashable, Codable {
    /// The model's name.
    public let model: String
    /// Its cell and sizes.
    public let configuration: ModelConfiguration
    /// Its vocabulary, with which the run's begins; nil in the note of an archive.
    public internal(set) var vocabulary: Vocabulary?
    /// Whether files may be of another kind than the model's texts; nil, as in runs of version 0.1.0: they may not.
    public internal(set) var adaptsToFiles: Bool?
}

extension TrainingOptions {
    /// The options of a run that starts from a model: cell, sizes and pipeline are the model's.
    func finetuning(_ model: TextModel) -> TrainingOptions {
        var options = self
        let repairs = pipeline == pipeline.repairing
        options.pipeline = repairs ? model.pipeline.description.repairing : model.pipeline.description
        let configuration = model.configuration
        (options.cell, options.layers) = (configuration.cell, configuration.layers)
        (options.hidden, options.embedding) = (configuration.hiddenSize, configuration.embeddingSize)
        options.finetuning = FineTuning(
            model: model.name, configuration: configuration, vocabulary: model.vocabulary, adaptsToFiles: true)
        return options
    }
    /// The parameters of a new run: fresh, or those of the model that it starts from.
    ///
    /// - Parameter base: that model; nil for fresh ones.
    func initialParameters(_ configuration: ModelConfiguration, base: TextModel?) throws -> ModelParameters {
        if let base {
            return try ModelParameters(
                growing: base.parameters, vocabularySize: configuration.vocabularySize, unknown: base.vocabulary.unknown
            )
        }
        if let finetuning {
            throw TrainingError.model("the run starts from \(finetuning.model), which is not given")
        }
        let parameters = try ModelParameters(configuration: configuration)
        parameters.initialise(seed: training.seed, rememberedSteps: rememberedSteps)
        return parameters
    }
}
