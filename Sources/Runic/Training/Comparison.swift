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
    /// Has the stages of the pipeline.
    public var environment = Environment()

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
        try plan(options, vocabularySize: vocabularySize)
    }

    private func plan(_ options: TrainingOptions, vocabularySize: Int) throws -> ComparisonPlan {
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
    ///   - reads: called once the texts are read, with each file and the remarks on how it was read.
    ///   - remark: called then with each line on files that were left out, or given twice.
    ///   - progress: called after every update.
    ///   - warning: called before the first update with each line on what is odd about text and settings, and at the end with one
    ///     for each run that is worse than guessing.
    ///   - shouldStop: asked after every update; the report then has the runs so far.
    /// - Throws: ``RunicError``.
    public func run(
        reads: ([FileStatistics]) -> Void = { _ in }, remark: (String) -> Void = { _ in },
        progress: @escaping (ComparisonProgress) -> Void = { _ in },
        warning: (String) -> Void = { _ in },
        shouldStop: () -> Bool = { false }
    ) throws(RunicError) -> ComparisonReport {
        do {
            try validate()
            if let out, FilePath.kind(out + "/comparison.json") != nil {
                throw TrainingError.folder(
                    path: out, reason: "holds a comparison already; name another folder with --out")
            }
            let options = options.separatingDocuments(environment.stages)
            let corpus = try options.encoded(environment.stages)
            reads(corpus.files)
            for line in corpus.remarks { remark(line) }
            if let out { try TrainingError.wrapping(Folder.make(out)) }
            let split = try options.split(corpus, registry: environment.stages)
            var fitted = options
            let smaller = fitted.fit(split)
            let plan = try plan(fitted, vocabularySize: corpus.vocabulary.count)
            for configuration in plan.configurations { try fitted.checkMemory(configuration) }
            for line in try [smaller, corpus.nullWarning].compactMap(\.self) + warnings(fitted, split) { warning(line) }
            let report = try CellComparison(
                plan: plan, split: split,
                validationMeasure: PartSize(of: split.validationRanges, in: corpus),
                testMeasure: PartSize(of: split.testRanges, in: corpus)
            ).run(
                progress: progress, shouldStop: shouldStop,
                keep: { (run, parameters) throws(TrainingError) in
                    if let out { try save(run, parameters, fitted, corpus, in: out) }
                })
            for run in report.runs where run.end != .diverged {
                let lines = [("validation", run.validation), ("test", run.test)].compactMap { name, loss in
                    TrainingWarnings.guessing(
                        loss?.predictedNats, part: name, vocabularySize: corpus.vocabulary.count)
                }
                if let line = lines.first { warning("\(run.cell), seed \(run.seed): \(line)") }
            }
            if let out {
                try write(report.json(), to: out + "/comparison.json")
                try write(report.csv, to: out + "/comparison.csv")
            }
            return report
        } catch {
            throw RunicError(wrapping: error)
        }
    }

    private func warnings(_ options: TrainingOptions, _ split: TextSplit) throws -> [String] {
        let training = options.training
        let batches = try ContiguousBatches(
            symbols: split.training.count, batch: training.batch, sequence: training.sequence, seed: training.seed,
            randomLengths: training.randomLengths)
        return TrainingWarnings(options: options, split: split, stepsPerEpoch: batches.stepsPerEpoch).lines
    }

    private func write(_ text: String, to path: String) throws(TrainingError) {
        try TrainingError.wrapping(AtomicFile.write(Array(text.utf8), to: path))
    }

    /// The best model of a run as `CELL-SEED.runic`.
    private func save(
        _ run: ComparisonRun, _ parameters: ModelParameters, _ options: TrainingOptions, _ corpus: EncodedCorpus,
        in folder: String
    ) throws(TrainingError) {
        let path = "\(folder)/\(run.cell)-\(run.seed).runic"
        var own = options
        (own.cell, own.hidden, own.embedding) = (run.cell, run.hidden, run.embedding)
        own.training.seed = run.seed
        do {
            var manifest = try ModelManifest.make(
                configuration: parameters.configuration, options: own, vocabulary: corpus.vocabulary,
                registry: environment.stages)
            try manifest.encode(
                .training,
                value: TrainingNote(
                    step: run.bestStep, validationNats: run.validation?.predictedNats, options: own,
                    texts: corpus.files))
            try Archive(metadata: manifest.metadata, tensors: try parameters.tensors()).write(to: path)
        } catch {
            throw .folder(path: path, reason: "\(error)")
        }
    }
}
