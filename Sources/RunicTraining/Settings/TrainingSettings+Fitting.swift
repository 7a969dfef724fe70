/// A batch for a text that is too short for the default one.
extension TrainingSettings {
    /// Sequences that a stream of a smaller batch should have. They make three updates an epoch, since the first one begins
    /// anywhere within a sequence.
    private static let wantedSteps = 4
    /// The sizes down to which batch and sequence shrink together, before either shrinks further.
    private static let (smallBatch, smallSequence) = (4, 16)

    /// Halves batch and sequence until the training part has room for some steps, or at least for one; nothing changes if the
    /// part has room for one step of the settings as they are.
    ///
    /// - Parameters:
    ///   - symbols: symbols of the training part.
    ///   - batch: whether the batch may change.
    ///   - sequence: whether the sequence may change.
    /// - Returns: whether anything changed. If nothing fits, the settings stay as they are, and ``Trainer`` refuses them.
    package mutating func fit(symbols: Int, batch mayChangeBatch: Bool, sequence mayChangeSequence: Bool) -> Bool {
        guard !hasRoom(symbols, steps: 1) else { return false }
        for steps in [Self.wantedSteps, 1] {
            var smaller = self
            while !smaller.hasRoom(symbols, steps: steps) {
                if mayChangeBatch && smaller.batch > Self.smallBatch {
                    smaller.batch /= 2
                } else if mayChangeSequence && smaller.sequence > Self.smallSequence {
                    smaller.sequence /= 2
                } else if mayChangeBatch && smaller.batch > 1 {
                    smaller.batch /= 2
                } else if mayChangeSequence && smaller.sequence > 1 {
                    smaller.sequence /= 2
                } else {
                    break
                }
            }
            if smaller.hasRoom(symbols, steps: steps) {
                self = smaller
                return true
            }
        }
        return false
    }

    /// Whether each stream of the text is long enough for some of the longest steps.
    private func hasRoom(_ symbols: Int, steps: Int) -> Bool {
        symbols / batch >= ContiguousBatches.longest(sequence: sequence, randomLengths) * steps + 1
    }
}
