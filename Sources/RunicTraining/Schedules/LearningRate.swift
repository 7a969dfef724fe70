/// The learning rate over a run: a linear warm-up, and the fraction of the largest rate that a schedule gives.
///
///     η = η_max · min(1, (t + 1) / warm-up) · fraction,  t updates before this one
package struct LearningRate: Sendable {
    let largest: Double
    let warmUp: Int
    package var schedule: any LearningRateSchedule

    package init(largest: Double, warmUp: Int, schedule: any LearningRateSchedule) {
        self.largest = largest
        self.warmUp = warmUp
        self.schedule = schedule
    }

    /// The rate of an update.
    ///
    /// - Parameters:
    ///   - step: the number of updates done.
    ///   - epoch: the number of finished passes over the text.
    ///   - progress: the finished fraction of the run, 0 to 1, by steps or by time.
    package func rate(step: Int, epoch: Int, progress: Double) -> Double {
        let rise = min(1, Double(step + 1) / Double(max(warmUp, 1)))
        return largest * rise * schedule.fraction(epoch: epoch, progress: progress)
    }
}
