internal import Glibc

/// Half a cosine from 1 down to a last share (Loshchilov and Hutter 2017, arXiv 1608.03983).
///
///     share = last + (1 − last) · (1 + cos(π · progress)) / 2
package struct CosineSchedule: LearningRateSchedule {
    private let last: Double

    package init(last: Double) { self.last = last }

    package func share(epoch: Int, progress: Double) -> Double {
        last + (1 - last) * 0.5 * (1 + cos(Double.pi * min(max(progress, 0), 1)))
    }
}
