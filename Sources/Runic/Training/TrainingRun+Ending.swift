internal import RunicEvaluation
internal import RunicModel
internal import RunicRun
internal import RunicSymbols
internal import RunicText
internal import RunicTraining

extension TrainingRun {
    /// The most symbols of a part that are scored at the end of a run; `runic evaluate` scores all.
    private static let scoredSymbols = 4_000_000

    /// Measures the best model of a run that has ended, and is saved.
    ///
    /// - Throws: ``RunicError/notFinite(model:what:)`` if it predicts nothing: then the run has diverged.
    func summary(
        _ trainer: Trainer, _ end: TrainingEnd, _ split: TextSplit, _ corpus: EncodedCorpus
    ) throws -> TrainingSummary {
        let best = try TextModel(path: folder.bestPath, environment: environment)
        func loss(_ whole: SymbolSequence, _ ranges: [Range<Int>], _ name: String) throws -> PartLoss? {
            let part = whole.prefix(Self.scoredSymbols)
            guard part.count >= 2 else { return nil }
            let (nats, _) = try engines.makeScorer(
                ScoringPlan(parameters: best.parameters, symbols: part.count, resets: !split.separator.isEmpty),
                threads: options.training.threads
            ).score(part, startsAt: DocumentStarts.startsAt(part, separator: split.separator))
            guard nats.isFinite else {
                throw RunicError.notFinite(model: folder.bestPath, what: "the \(name) loss")
            }
            return PartLoss(
                predictedNats: nats, symbols: part.count, vocabularySize: best.vocabulary.count,
                size: try PartSize(of: ranges, in: corpus, limit: Self.scoredSymbols))
        }
        let state = trainer.state
        let validation = try loss(split.validation, split.validationRanges, "validation")
        let test = try loss(split.test, split.testRanges, "test")
        let warnings = [("validation", validation), ("test", test)].map { name, loss in
            TrainingWarnings.guessing(loss?.predictedNats, part: name, vocabularySize: best.vocabulary.count)
        }
        return TrainingSummary(
            end: end, steps: state.step, seconds: state.seconds, skippedSteps: state.skippedSteps,
            returns: state.rollbacks, rateFactor: state.rateFactor,
            bestStep: state.bestStep > 0 ? state.bestStep : state.step, validation: validation, test: test,
            bestPath: folder.bestPath, lastPath: folder.lastPath, model: best,
            warnings: Array(warnings.compactMap(\.self).prefix(1)))
    }
}
