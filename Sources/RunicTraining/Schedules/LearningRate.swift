/// The learning rate over a run: a linear rise, and what a schedule leaves of the largest rate.
///
///     η = η_max · min(1, (t + 1) / warm-up) · share,  t updates before this one
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
    ///   - step: updates done so far.
    ///   - epoch: passes over the text that are done.
    ///   - progress: how much of the run is over, 0 to 1, by steps or by time.
    package func rate(step: Int, epoch: Int, progress: Double) -> Double {
        let rise = min(1, Double(step + 1) / Double(max(warmUp, 1)))
        return largest * rise * schedule.share(epoch: epoch, progress: progress)
    }
}
