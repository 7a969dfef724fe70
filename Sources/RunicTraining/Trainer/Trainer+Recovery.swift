internal import RunicKernels

extension Trainer {
    /// Steps in a row that are left out before training goes back, and how often it goes back at most.
    private static let (mostSkippedInRow, mostReturns) = (3, 8)

    /// Notes a step that was left out; the third in a row takes parameters and optimizer back to the good point, at half the
    /// rate.
    ///
    /// The text is read on from where it is: the same batches would bring the same trouble. Where nothing was learnt since
    /// training last went back, the parameters are the same as then, and a smaller rate cannot help.
    func leaveOut(
        loss: Double, norm: Double, _ observer: (any TrainingObserver)?
    ) throws(TrainingError) {
        state.skippedSteps += 1
        state.skippedInRow += 1
        var record = record()
        record.skipped = SkippedStep(
            batch: (0..<settings.batch).map { batches.symbols(row: $0, reading: reading).lowerBound },
            symbols: reading.count + 1, loss: loss, gradientNorm: norm)
        let goesBack = state.skippedInRow == Self.mostSkippedInRow
        let mark = state.returns < Self.mostReturns && state.hasLearnt ? state.good : nil
        if goesBack, let mark {
            snapshot.restore()
            state.rule = mark.rule
            optimizer.step = mark.rule.updates
            state.returns += 1
            state.rateFactor /= 2
            state.skippedInRow = 0
            state.hasLearnt = false
            record.returned = Rollback(step: mark.step, rateFactor: state.rateFactor)
        }
        try observer?.trainer(self, logged: record)
        if goesBack && mark == nil { throw .diverged(step: state.step, returns: state.returns) }
    }

    /// Makes the present state the good point, unless something in it is not finite; returns whether it is.
    @discardableResult
    func keepGoodPoint() -> Bool {
        let isMeasured = state.validatedStep == state.step && state.step > 0 && scorer != nil
        guard state.skippedInRow == 0, !isMeasured || state.validation != nil, snapshot.isFinite(pool) else {
            return false
        }
        snapshot.keep(pool)
        state.good = TrainerState.GoodMark(step: state.step, rule: state.rule)
        return true
    }
}
