internal import Glibc

/// Times a factor every so many epochs: share = factor^⌊epoch / every⌋.
package struct StepSchedule: LearningRateSchedule {
    private let factor: Double
    private let every: Int

    /// - Precondition: `every` is positive.
    package init(factor: Double, every: Int) {
        precondition(every > 0, "every \(every) epochs")
        self.factor = factor
        self.every = every
    }

    package func share(epoch: Int, progress: Double) -> Double { pow(factor, Double(epoch / every)) }
}
