internal import RunicCells
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
    /// Of each symbol that the vocabulary has, about how many occurrences in the training part are spelled at random, so that
    /// the model learns bytes and code points that stand for what the vocabulary lacks; at most half of them, 0: none. Without
    /// a fallback to bytes there are none.
    public var spelling = Self.defaultSpelling
    /// The cell's name.
    public var cell = "lstm"
    /// L, the number of layers.
    public var layers = 2
    /// H, the hidden units of a layer.
    public var hidden = 256
    /// D, the width of the embedding; nil: as wide as the hidden layers.
    public var embedding: Int?
    /// What the layers have beside their cells.
    public var stack = StackSettings()
    /// Chrono initialisation: the time scale of the gate biases, in symbols (Tallec and Ollivier 2018, arXiv 1804.11188); nil
    /// for the cell's default biases.
    public var rememberedSteps: Int?
    /// How it is trained.
    public var training = TrainingSettings()
    /// The model that the run starts from; nil: fresh parameters.
    public internal(set) var finetuning: FineTuning?
    /// Seconds between two checkpoints at least; 0: as often as there can be one, whatever it costs; nil: 30.
    public var checkpointSeconds: Double?
    /// The plugins that the pipeline's stages come from, which resuming loads again; nil: none.
    public var plugins: [PluginFile]?
    /// The author's licence and description, for the archive.
    public var licence: String?
    public var description: String?

    /// ``spelling`` unless asked otherwise: measured on a Chinese novel of 240,000 symbols, it costs 0.4 % of the bits of text like
    /// the novel, and saves 3 to 4 % of those of texts with many symbols that it lacks.
    public static let defaultSpelling = 2.0

    public init(texts: [String]) { self.texts = texts }

    /// What older versions did not write is as it was then.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        texts = try values.decode([String].self, forKey: .texts)
        pipeline = try values.decode(PipelineDescription.self, forKey: .pipeline)
        vocabulary = try values.decode(VocabularyOptions.self, forKey: .vocabulary)
        spelling = try values.decodeIfPresent(Double.self, forKey: .spelling) ?? spelling
        cell = try values.decode(String.self, forKey: .cell)
        layers = try values.decode(Int.self, forKey: .layers)
        hidden = try values.decode(Int.self, forKey: .hidden)
        embedding = try values.decodeIfPresent(Int.self, forKey: .embedding)
        stack = try values.decodeIfPresent(StackSettings.self, forKey: .stack) ?? StackSettings()
        rememberedSteps = try values.decodeIfPresent(Int.self, forKey: .rememberedSteps)
        training = try values.decode(TrainingSettings.self, forKey: .training)
        finetuning = try values.decodeIfPresent(FineTuning.self, forKey: .finetuning)
        checkpointSeconds = try values.decodeIfPresent(Double.self, forKey: .checkpointSeconds)
        plugins = try values.decodeIfPresent([PluginFile].self, forKey: .plugins)
        licence = try values.decodeIfPresent(String.self, forKey: .licence)
        description = try values.decodeIfPresent(String.self, forKey: .description)
    }

    enum CodingKeys: String, CodingKey {
        case texts, pipeline, vocabulary, spelling, cell, layers, hidden, embedding, stack, training,
            finetuning, plugins, licence, description
        case rememberedSteps = "memory"
        case checkpointSeconds = "checkpoint_seconds"
    }

    /// The model's configuration for a vocabulary.
    public func configuration(vocabularySize: Int) -> ModelConfiguration {
        if var grown = finetuning?.configuration {
            grown.vocabularySize = vocabularySize
            return grown
        }
        var made = ModelConfiguration(
            cell: cell, vocabularySize: vocabularySize,
            embeddingSize: embedding ?? (stack.tied ? stack.projection ?? hidden : hidden), hiddenSize: hidden,
            layers: layers)
        made.projectionSize = stack.projection
        made.residual = stack.residual
        made.layerNorm = stack.layerNorm
        made.learnsInitialState = stack.learnsInitialState
        made.tied = stack.tied
        made.zoneoutHidden = training.zoneoutHidden
        made.zoneoutCell = training.zoneoutCell
        return made
    }
}

extension TrainingOptions {
    /// Checks model and training, before any text is read.
    ///
    /// - Throws: ``RunicError``: the first value that is out of range.
    public func validate() throws(RunicError) {
        do throws(TrainingError) {
            try training.validate()
            guard spelling >= 0 && spelling <= 1e9 else {
                throw .option(name: "spell", value: spelling.description, allowed: "0 to 1000000000")
            }
            if let checkpointSeconds, !(checkpointSeconds >= 0 && checkpointSeconds.isFinite) {
                throw .option(
                    name: "checkpoint-every", value: checkpointSeconds.description, allowed: "at least 0 seconds")
            }
        } catch {
            throw .training(error)
        }
        try checkRememberedSteps()
        // The vocabulary is not known yet: what the text adds is checked once it is read.
        try checkMemory(configuration(vocabularySize: 2))
    }

    /// - Throws: ``RunicError/model(path:_:)`` for chrono initialisation of a cell without a gate for it.
    private func checkRememberedSteps() throws(RunicError) {
        guard rememberedSteps != nil else { return }
        do throws(ModelError) {
            guard try ModelParameters.shape(of: configuration(vocabularySize: 2)).cell.hasChronoBias else {
                throw ModelError.conflict("the cell \(cell) has no gate that could remember; leave out --remember")
            }
        } catch {
            throw .model(path: nil, error)
        }
    }

    /// - Throws: ``RunicError/memory(needed:physical:)`` for a model that cannot be trained on this machine.
    func checkMemory(_ configuration: ModelConfiguration) throws(RunicError) {
        let estimate: MemoryEstimate
        do {
            estimate = try MemoryEstimate(
                configuration, batch: training.batch, sequence: training.sequence,
                precision: training.productPrecision,
                averages: training.averageDecay != nil || training.optimizer == "nt-asgd")
        } catch {
            throw .model(path: nil, error)
        }
        if let memory = SystemMemory.physicalBytes, estimate.bytes > Double(memory) {
            throw .memory(needed: estimate.bytes, physical: Double(memory))
        }
    }
}
