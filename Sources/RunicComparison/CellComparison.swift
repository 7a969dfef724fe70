internal import Glibc
package import RunicCells
package import RunicModel
public import RunicTraining
package import RunicSymbols
package import RunicEvaluation

/// Trains several models on the same text with the same seeds and compares their losses.
///
/// Runs with the same seed read the same batches in the same order. The best parameters by validation loss are scored in
/// float32, whatever precision training used. Scoring divides each part into parallel streams of 2,000 symbols or more, each
/// warmed up on the 256 symbols before it. That is many times faster than one stream, the same for every model, and differs
/// from one stream in the fourth digit.
package struct CellComparison: Sendable {
    private let plan: ComparisonPlan
    private let split: TextSplit
    private let validationMeasure: PartSize
    private let testMeasure: PartSize
    private let cells: CellRegistry
    private let engines: any EngineFactory

    /// A comparison on a split text.
    ///
    /// - Parameters:
    ///   - plan: the models, the seeds and the settings.
    ///   - split: the text.
    ///   - validationMeasure: characters and unknown symbols of the validation part.
    ///   - testMeasure: the same for the test part.
    ///   - cells: finds cells by name.
    ///   - engines: makes what trains and scores.
    /// - Throws: ``TrainingError/option(name:value:allowed:)``: the plan cannot be run.
    package init(
        plan: ComparisonPlan, split: TextSplit, validationMeasure: PartSize = PartSize(),
        testMeasure: PartSize = PartSize(), cells: CellRegistry = CellRegistry(),
        engines: any EngineFactory = HostEngines()
    ) throws(TrainingError) {
        try plan.validate()
        self.plan = plan
        self.split = split
        self.validationMeasure = validationMeasure
        self.testMeasure = testMeasure
        self.cells = cells
        self.engines = engines
    }

    /// Runs the plan, all models with one seed before the next seed.
    ///
    /// A run that diverges is listed, and the others continue.
    ///
    /// - Parameters:
    ///   - progress: called after every update.
    ///   - shouldStop: asked after every update and between runs; the report then has the runs so far.
    ///   - keep: called with the best parameters of each run that did not diverge, once they are scored.
    /// - Throws: ``TrainingError``: the text is too short, a model cannot be made, or `keep` throws.
    package func run(
        progress: @escaping (ComparisonProgress) -> Void, shouldStop: () -> Bool,
        keep: (ComparisonRun, ModelParameters) throws(TrainingError) -> Void = { _, _ in }
    ) throws(TrainingError) -> ComparisonReport {
        var scored: [ScoredRun] = []
        let runs = plan.runs
        for (index, run) in runs.enumerated() {
            if shouldStop() { break }
            scored.append(
                try one(run.configuration, seed: run.seed, shouldStop: shouldStop, keep: keep) { training in
                    progress(
                        ComparisonProgress(
                            cell: run.configuration.cell, seed: run.seed, index: index, count: runs.count,
                            training: training))
                })
            if scored.last?.run.end == .interrupted { break }
        }
        return ComparisonReport(
            matching: plan.matching, settings: plan.settings,
            interrupted: scored.count < runs.count || scored.last?.run.end == .interrupted,
            comparedPart: comparedPart, scored: scored)
    }

    private var comparedPart: ComparisonReport.Part? {
        if split.test.count > 1 { return .test }
        return split.validation.count > 1 ? .validation : nil
    }

    private func one(
        _ configuration: ModelConfiguration, seed: UInt64, shouldStop: () -> Bool,
        keep: (ComparisonRun, ModelParameters) throws(TrainingError) -> Void,
        report: @escaping (TrainingProgress) -> Void
    ) throws(TrainingError) -> ScoredRun {
        let settings = plan.settings(seed: seed)
        let parameters: ModelParameters
        do {
            parameters = try ModelParameters(configuration: configuration, cells: cells)
        } catch {
            throw .model(error.description)
        }
        parameters.initialise(seed: seed, rememberedSteps: plan.rememberedSteps)
        let trainer = try Trainer(settings: settings, parameters: parameters, split: split, engines: engines)
        var (end, observer) = try train(trainer, shouldStop: shouldStop, report: report)
        let best = observer.best ?? trainer.evaluationParameters
        var scored = end == .diverged ? nil : try scores(best, threads: settings.threads)
        if let found = scored, end != .interrupted,
            Self.hasDiverged(found.blocks, vocabularySize: configuration.vocabularySize)
        {
            (end, scored) = (.diverged, nil)
        }
        let run = ComparisonRun(
            cell: configuration.cell, layers: configuration.layers, hidden: configuration.hiddenSize,
            embedding: configuration.embeddingSize, parameters: parameters.layout.parameterCount, seed: seed, end: end,
            steps: trainer.state.step, bestStep: observer.best == nil ? trainer.state.step : trainer.state.bestStep,
            symbols: trainer.state.symbols, seconds: trainer.state.seconds,
            symbolsPerSecond: observer.symbolsPerSecond, validation: scored?.validation, test: scored?.test)
        if end != .diverged { try keep(run, best) }
        return ScoredRun(run: run, blocks: scored?.blocks ?? [])
    }

    /// Whether a trained model is so much worse than guessing that its parameters must have run away: twice the loss of
    /// guessing all V symbols alike and one nat more, or a loss that is not finite. A model that learned nothing is near
    /// ln V, one that learned another text not far above.
    ///
    /// - Parameter blocks: mean losses in nats per symbol; none says nothing.
    static func hasDiverged(_ blocks: [Double], vocabularySize V: Int) -> Bool {
        guard !blocks.isEmpty else { return false }
        return !(blocks.reduce(0, +) / Double(blocks.count) <= 2 * log(Double(V)) + 1)
    }

    private func train(
        _ trainer: Trainer, shouldStop: () -> Bool, report: @escaping (TrainingProgress) -> Void
    ) throws(TrainingError) -> (ComparisonRun.End, ComparedTraining) {
        let observer = ComparedTraining(report: report)
        do {
            switch try trainer.run(observer: observer, shouldStop: shouldStop) {
            case .finished: return (.finished, observer)
            case .timeIsUp: return (.timeIsUp, observer)
            case .noImprovement: return (.noImprovement, observer)
            case .interrupted: return (.interrupted, observer)
            }
        } catch {
            guard case .diverged = error else { throw error }
            return (.diverged, observer)
        }
    }

    private struct Scores {
        var validation: PartLoss?
        var test: PartLoss?
        /// Mean losses of the blocks of the compared part.
        var blocks: [Double]
    }

    private func scores(_ parameters: ModelParameters, threads: Int) throws(TrainingError) -> Scores {
        let validation = try blockScores(parameters, split.validation, threads)
        let test = try blockScores(parameters, split.test, threads)
        let V = parameters.configuration.vocabularySize
        func figures(
            _ scored: [(nats: Double, count: Int)], _ part: SymbolSequence, _ measure: PartSize
        ) -> PartLoss? {
            PartLoss(
                predictedNats: scored.reduce(0) { $0 + $1.nats }, symbols: part.count, vocabularySize: V,
                size: measure)
        }
        let compared = comparedPart == .test ? test : validation
        return Scores(
            validation: figures(validation, split.validation, validationMeasure),
            test: figures(test, split.test, testMeasure),
            blocks: compared.map { $0.nats / Double($0.count) })
    }

    private func blockScores(
        _ parameters: ModelParameters, _ part: SymbolSequence, _ threads: Int
    ) throws(TrainingError) -> [(nats: Double, count: Int)] {
        guard part.count > 1 else { return [] }
        let scorer = try engines.makeScorer(
            ScoringPlan(parameters: parameters, symbols: part.count, resets: !split.separator.isEmpty),
            threads: threads)
        return scorer.score(
            part, blocks: Self.blockCount(predicted: part.count - 1),
            startsAt: DocumentStarts.startsAt(part, separator: split.separator))
    }

    /// The number of blocks: a thousand symbols or a little more each, at most a thousand blocks.
    static func blockCount(predicted: Int) -> Int { min(max(predicted / 1_000, 1), 1_000) }
}

/// Progress of a comparison after an update of one of its runs.
public struct ComparisonProgress: Sendable, Hashable {
    /// The cell in training.
    public var cell: String
    /// Its seed.
    public var seed: UInt64
    /// The index of the run, from 0.
    public var index: Int
    /// The number of runs.
    public var count: Int
    /// Progress of that run.
    public var training: TrainingProgress
}
