extension Trainer {
    /// Skipped steps in a row that cause a rollback, and the largest number of rollbacks of a run.
    private static let (mostSkippedInRow, mostRollbacks) = (3, 8)

    /// Records a skipped step; the third in a row rolls parameters and optimizer back to the snapshot, at half the rate.
    ///
    /// Reading continues from the present place in the text: the same batches would cause the same trouble. Without an
    /// accepted step since the last rollback, the parameters are the same as then, and a smaller rate cannot help.
    func skip(
        loss: Double, norm: Double, _ observer: (any TrainingObserver)?
    ) throws(TrainingError) {
        state.skippedSteps += 1
        state.skippedInRow += 1
        var record = record()
        record.skipped = SkippedStep(
            batch: (0..<settings.batch).map { batches.symbols(row: $0, reading: reading).lowerBound },
            symbols: reading.count + 1, loss: loss, gradientNorm: norm)
        let rollsBack = state.skippedInRow == Self.mostSkippedInRow
        let mark = state.rollbacks < Self.mostRollbacks && state.hasAccepted ? state.snapshot : nil
        if rollsBack, let mark {
            engine.restoreSnapshot(updates: mark.updates)
            state.updates = mark.updates
            state.rollbacks += 1
            state.rateFactor /= 2
            state.skippedInRow = 0
            state.hasAccepted = false
            record.rollback = Rollback(step: mark.step, rateFactor: state.rateFactor)
        }
        try observer?.trainer(self, logged: record)
        if rollsBack && mark == nil { throw .diverged(step: state.step, rollbacks: state.rollbacks) }
    }

    /// Takes a snapshot of the present state if it is finite.
    ///
    /// - Returns: whether it is.
    @discardableResult
    func takeSnapshot() -> Bool {
        let isMeasured = state.validatedStep == state.step && state.step > 0 && scorer != nil
        guard state.skippedInRow == 0, !isMeasured || state.validation != nil, engine.keepSnapshot() else {
            return false
        }
        state.snapshot = TrainerState.SnapshotMark(step: state.step, updates: state.updates)
        return true
    }
}
