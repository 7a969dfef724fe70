internal import RunicArchive
internal import RunicEvaluation
internal import RunicFiles
internal import RunicModel
public import RunicText
internal import RunicTraining
internal import RunicSymbols
public import RunicComparison
internal import RunicRun

/// A comparison of cells on one text: each trains on the same data in the same order, with matched sizes.
public struct Comparison: Sendable {
    /// Text, base model and training of every run. The base's cell is the first of ``cells``.
    public var options: TrainingOptions
    /// The names of the cells.
    public var cells: [String]
    /// What the models share.
    public var matching: ComparisonMatching
    /// Runs per cell, with the base's seed and the ones that follow it.
    public var seeds: Int
    /// The folder for `comparison.json`, `comparison.csv` and the best model of every run; nil writes nothing.
    public var out: String?
    /// Finds the stages of the pipeline.
    public var registry = StageRegistry.builtIn

    /// A comparison with the built-in stages.
    public init(
        options: TrainingOptions, cells: [String], matching: ComparisonMatching = .parameters, seeds: Int = 1,
        out: String? = nil
    ) {
        self.options = options
        self.cells = cells
        self.matching = matching
        self.seeds = seeds
        self.out = out
    }

    /// Checks everything but the text.
    ///
    /// - Throws: ``RunicError``.
    public func validate() throws(RunicError) {
        guard (1...1_000).contains(seeds) else {
            throw .option(name: "seeds", value: "\(seeds)", allowed: "1 to 1000")
        }
        try options.validate()
        do {
            try plan(vocabularySize: 2).validate()
        } catch {
            throw RunicError(wrapping: error)
        }
    }

    private func plan(vocabularySize: Int) throws -> ComparisonPlan {
        var base = options.configuration(vocabularySize: vocabularySize)
        base.cell = cells.first ?? base.cell
        let first = options.training.seed
        var plan = ComparisonPlan(
            configurations: try ModelMatching.configurations(cells: cells, base: base, matching: matching),
            seeds: (0..<UInt64(seeds)).map { first &+ $0 }, settings: options.training, matching: matching)
        plan.rememberedSteps = options.rememberedSteps
        return plan
    }

    /// Trains and scores every model.
    ///
    /// - Parameters:
    ///   - progress: called after every update.
    ///   - shouldStop: asked after every update; the report then has the runs so far.
    /// - Throws: ``RunicError``.
    public func run(
        progress: @escaping (ComparisonProgress) -> Void = { _ in }, shouldStop: () -> Bool = { false }
    ) throws(RunicError) -> ComparisonReport {
        do {
            try validate()
            if let out, FilePath.kind(out + "/comparison.json") != nil {
                throw TrainingError.folder(
                    path: out, reason: "holds a comparison already; name another folder with --out")
            }
            let corpus = try CorpusEncoder(
                pipeline: TextPipeline(options.pipeline, registry: registry), threads: options.training.threads
            ).encode(TextSource(paths: options.texts), options: options.vocabulary)
            if let out { try TrainingError.wrapping(Folder.make(out)) }
            let plan = try plan(vocabularySize: corpus.vocabulary.count)
            for configuration in plan.configurations { try options.checkMemory(configuration) }
            let split = try options.split(corpus, registry: registry)
            let report = try CellComparison(
                plan: plan, split: split,
                validationMeasure: measure(split.validation, corpus), testMeasure: measure(split.test, corpus)
            ).run(
                progress: progress, shouldStop: shouldStop,
                keep: { (run, parameters) throws(TrainingError) in
                    if let out { try save(run, parameters, corpus, in: out) }
                })
            if let out {
                try write(report.json(), to: out + "/comparison.json")
                try write(report.csv, to: out + "/comparison.csv")
            }
            return report
        } catch {
            throw RunicError(wrapping: error)
        }
    }

    private func measure(_ part: SymbolSequence, _ corpus: EncodedCorpus) -> PartSize {
        let all = corpus.statistics
        let unknown = corpus.vocabulary.unknown.map { id in part.count { Int($0) == id } } ?? 0
        let codePoints = all.unknownSymbols > 0 ? Double(all.unknownCodePoints) / Double(all.unknownSymbols) : 0
        return PartSize(
            charactersPerSymbol: Double(max(all.graphemeClusters, 1)) / Double(max(corpus.identifiers.count, 1)),
            unknownCodePoints: Int((Double(unknown) * codePoints).rounded()))
    }

    private func write(_ text: String, to path: String) throws(TrainingError) {
        try TrainingError.wrapping(AtomicFile.write(Array(text.utf8), to: path))
    }

    /// The best model of a run as `CELL-SEED.runic`.
    private func save(
        _ run: ComparisonRun, _ parameters: ModelParameters, _ corpus: EncodedCorpus, in folder: String
    ) throws(TrainingError) {
        let path = "\(folder)/\(run.cell)-\(run.seed).runic"
        var own = options
        (own.cell, own.hidden, own.embedding) = (run.cell, run.hidden, run.embedding)
        own.training.seed = run.seed
        do {
            var manifest = try ModelManifest.make(
                configuration: parameters.configuration, options: own, vocabulary: corpus.vocabulary,
                registry: registry)
            try manifest.encode(
                .training,
                value: TrainingNote(
                    step: run.bestStep, seconds: run.seconds, validationNats: run.validation?.nats, options: own,
                    texts: corpus.files))
            try Archive(metadata: manifest.metadata, tensors: try parameters.tensors()).write(to: path)
        } catch {
            throw .folder(path: path, reason: "\(error)")
        }
    }
}
