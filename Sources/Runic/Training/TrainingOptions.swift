internal import RunicCells
internal import RunicKernels
public import RunicModel
public import RunicText
public import RunicTraining

/// The options of a run: text, model and training. Saved as `settings.json` and in the archives.
public struct TrainingOptions: Sendable, Hashable, Codable {
    /// Files and folders.
    public var texts: [String]
    /// Which files of the folders are read; nil: all.
    public var fileFilter: FileFilter?
    /// Whether the files are documents; nil, as in runs of version 0.1.0: they follow one another as they are.
    public var files: FileRule? = .separate
    /// The pipeline from bytes to symbols.
    public var pipeline = PipelineDescription()
    /// The options of the vocabulary.
    public var vocabulary = VocabularyOptions()
    /// About how many occurrences of each known symbol in the training part are spelled at random, so that the model learns
    /// to spell unknown ones; at most half of them, 0 for none. It needs a fallback to bytes.
    public var spelling = Self.defaultSpelling
    /// The cell's name.
    public var cell = "lstm"
    /// L, the number of layers.
    public var layers = 2
    /// H, the hidden units of a layer.
    public var hidden = 256
    /// D, the width of the embedding; nil for the width of the hidden layers.
    public var embedding: Int?
    /// Features of the layers in addition to their cells.
    public var stack = StackSettings()
    /// Chrono initialisation: the time scale of the gate biases, in symbols (Tallec and Ollivier 2018, arXiv 1804.11188); nil
    /// for the cell's default biases.
    public var rememberedSteps: Int?
    /// The settings of training.
    public var training = TrainingSettings()
    /// The model that the run starts from; nil for fresh parameters.
    public internal(set) var finetuning: FineTuning?
    /// The shortest time between two checkpoints in seconds; 0 saves as often as possible at any cost; nil for the default.
    public var checkpointSeconds: Double?
    /// The plugins of the pipeline's stages, which resuming needs again, named by the caller; nil for none.
    public var plugins: [PluginFile]?
    /// The licence to store in the archive.
    public var licence: String?
    /// The description to store in the archive.
    public var description: String?
    /// Whether archives leave out the names and hashes of the texts. `settings.json` and checkpoints, which are not shipped,
    /// have them all the same.
    public var leavesOutSources: Bool {
        get { noSources ?? false }
        set { noSources = newValue ? true : nil }
    }
    /// nil unless it is true: the key is absent in options that do not ask for it.
    private var noSources: Bool?
    /// Whether a text too short for ``TrainingSettings/batch`` is read in a smaller one. Not saved: a run's settings have the
    /// batch that was used.
    public var fitsBatch = false
    /// The same for ``TrainingSettings/sequence``.
    public var fitsSequence = false

    /// The default of ``spelling``. Measured on a Chinese novel of 240,000 symbols, it costs 0.4 % of the bits of similar text
    /// and saves 3 to 4 % on texts with many unknown symbols.
    public static let defaultSpelling = 2.0

    /// The defaults for some texts.
    public init(texts: [String]) { self.texts = texts }

    /// The defaults of the program for ``TextModel/train(on:options:environment:progress:)-(String,_,_,_)``, but for what is
    /// given.
    ///
    /// - Parameters:
    ///   - cell: the cell's name; nil, here and below: the default.
    ///   - layers: L, the number of layers.
    ///   - hidden: H, the hidden units of a layer.
    ///   - epochs: passes over the text; nil with `maxTime`: as many as fit.
    ///   - maxTime: the time after which training ends; nil: none.
    ///   - seed: of the parameters, the order of the text and all noise.
    public init(
        cell: String? = nil, layers: Int? = nil, hidden: Int? = nil, epochs: Int? = nil, maxTime: Duration? = nil,
        seed: UInt64? = nil
    ) {
        texts = []
        (self.cell, self.layers, self.hidden) = (cell ?? self.cell, layers ?? self.layers, hidden ?? self.hidden)
        training.epochs = epochs ?? (maxTime == nil ? training.epochs : nil)
        training.maxSeconds = maxTime.map { $0 / .seconds(1) }
        training.seed = seed ?? training.seed
        (fitsBatch, fitsSequence) = (true, true)
    }

    /// Missing keys take their defaults, so options saved by earlier versions still load.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        texts = try values.decode([String].self, forKey: .texts)
        fileFilter = try values.decodeIfPresent(FileFilter.self, forKey: .fileFilter)
        files = try values.decodeIfPresent(FileRule.self, forKey: .files)
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
        noSources = try values.decodeIfPresent(Bool.self, forKey: .noSources)
    }

    enum CodingKeys: String, CodingKey {
        case texts, files, pipeline, vocabulary, spelling, cell, layers, hidden, embedding, stack, training,
            finetuning, plugins, licence, description
        case fileFilter = "file_filter"
        case rememberedSteps = "memory"
        case checkpointSeconds = "checkpoint_seconds"
        case noSources = "no_sources"
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
        made.options = stack.layerOptions(training)
        made.tied = stack.tied
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
        // The vocabulary is not known yet; its size is checked once the text is read.
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
