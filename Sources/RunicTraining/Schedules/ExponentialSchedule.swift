internal import Glibc

/// Times a factor after every epoch from a certain one on, as char-rnn's (Karpathy et al. 2015, arXiv 1506.02078: 0.95
/// after the 10th).
///
///     share = factor^k, k the number of epochs done from number `after` on; the first epoch is number 1
package struct ExponentialSchedule: LearningRateSchedule {
    private let factor: Double
    private let after: Int

    package init(factor: Double, after: Int) {
        self.factor = factor
        self.after = after
    }

    package func share(epoch: Int, progress: Double) -> Double {
        pow(factor, Double(max(0, epoch - max(after, 1) + 1)))
    }
}
