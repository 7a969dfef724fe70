internal import Glibc

/// The learning rate over a run: a linear rise, then half a cosine (Loshchilov and Hutter 2017, arXiv 1608.03983).
package struct LearningRateSchedule: Sendable, Hashable {
    let largest: Double
    let warmUp: Int
    let finalShare: Double

    package init(largest: Double, warmUp: Int, finalShare: Double) {
        self.largest = largest
        self.warmUp = warmUp
        self.finalShare = finalShare
    }

    /// The rate of an update.
    ///
    /// - Parameters:
    ///   - step: updates done so far.
    ///   - progress: how much of the run is over, 0 to 1, by steps or by time.
    package func rate(step: Int, progress: Double) -> Double {
        let rise = min(1, Double(step + 1) / Double(max(warmUp, 1)))
        let cosine = 0.5 * (1 + cos(Double.pi * min(max(progress, 0), 1)))
        return largest * rise * (finalShare + (1 - finalShare) * cosine)
    }
}
