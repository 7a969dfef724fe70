internal import RunicKernels
public import RunicModel
public import RunicText
public import RunicTraining

/// What a run is asked to do: text, model and training. Saved as `settings.json` and in the archives.
public struct TrainingOptions: Sendable, Hashable, Codable {
    /// Files and folders.
    public var texts: [String]
    /// How bytes become symbols.
    public var pipeline = PipelineDescription()
    /// Which symbols the vocabulary takes.
    public var vocabulary = VocabularyOptions()
    /// The cell's name.
    public var cell = "lstm"
    /// L, the number of layers.
    public var layers = 2
    /// H, the hidden units of a layer.
    public var hidden = 256
    /// D, the width of the embedding; nil: as wide as the hidden layers.
    public var embedding: Int?
    /// How it is trained.
    public var training = TrainingSettings()
    /// The author's licence and description, for the archive.
    public var licence: String?
    public var description: String?

    public init(texts: [String]) { self.texts = texts }

    /// The model's configuration for a vocabulary.
    public func configuration(vocabularySize: Int) -> ModelConfiguration {
        ModelConfiguration(
            cell: cell, vocabularySize: vocabularySize, embeddingSize: embedding ?? hidden, hiddenSize: hidden,
            layers: layers)
    }
}

extension TrainingOptions {
    /// Checks model and training, before any text is read.
    ///
    /// - Throws: ``RunicError``: the first value that is out of range.
    public func validate() throws(RunicError) {
        do {
            try training.validate()
        } catch {
            throw .training(error)
        }
        // The vocabulary is not known yet: what the text adds is checked once it is read.
        try checkMemory(configuration(vocabularySize: 2))
    }

    /// - Throws: ``RunicError/memory(needed:physical:)`` for a model that cannot be trained on this machine.
    func checkMemory(_ configuration: ModelConfiguration) throws(RunicError) {
        let estimate: MemoryEstimate
        do {
            estimate = try MemoryEstimate(
                configuration, batch: training.batch, sequence: training.sequence,
                precision: training.productPrecision)
        } catch {
            throw .model(path: nil, error)
        }
        if let memory = SystemMemory.physicalBytes, estimate.bytes > Double(memory) {
            throw .memory(needed: estimate.bytes, physical: Double(memory))
        }
    }
}
