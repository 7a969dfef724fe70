internal import RunicKernels
internal import RunicModel
internal import RunicRun
internal import RunicSymbols
internal import RunicTraining

extension TrainingRun {
    /// The most symbols of a part that are scored at the end of a run; `runic evaluate` scores all.
    private static let scoredSymbols = 4_000_000

    /// Measures the best model of a run that has ended, and is saved.
    ///
    /// - Throws: ``RunicError/notFinite(model:what:)`` if it predicts nothing: then the run has diverged.
    func summary(_ trainer: Trainer, _ end: TrainingEnd, _ split: TextSplit) throws -> TrainingSummary {
        let pool = WorkerPool(workerCount: options.training.threads)
        let best = try TextModel(path: folder.bestPath, registry: registry)
        func loss(_ whole: SymbolSequence, _ name: String) throws -> Double? {
            let part = whole.prefix(Self.scoredSymbols)
            guard part.count >= 2 else { return nil }
            let (nats, count) = try SequenceScorer(
                quickFor: part.count, parameters: best.parameters, resets: !split.separator.isEmpty, pool: pool
            ).score(part, startsAt: DocumentStarts.startsAt(part, separator: split.separator))
            guard nats.isFinite else {
                throw RunicError.notFinite(model: folder.bestPath, what: "the \(name) loss")
            }
            return nats / Double(count)
        }
        let state = trainer.state
        let (validation, test) = try (loss(split.validation, "validation"), loss(split.test, "test"))
        let warnings = [
            best.guessingWarning(validation, part: "validation"), best.guessingWarning(test, part: "test"),
        ]
        return TrainingSummary(
            end: end, steps: state.step, seconds: state.seconds, skippedSteps: state.skippedSteps,
            returns: state.rollbacks, rateFactor: state.rateFactor,
            bestStep: state.bestStep > 0 ? state.bestStep : state.step, validationNats: validation, testNats: test,
            bestPath: folder.bestPath, lastPath: folder.lastPath, model: best,
            warnings: Array(warnings.compactMap(\.self).prefix(1)))
    }
}
