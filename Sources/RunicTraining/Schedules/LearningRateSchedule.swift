internal import Glibc

/// How the learning rate falls over a run, as a fraction of the largest rate; ``LearningRate`` adds the warm-up.
package protocol LearningRateSchedule: Sendable {
    /// The fraction for an update, 0 to 1.
    ///
    /// - Parameters:
    ///   - epoch: the number of finished passes over the text.
    ///   - progress: the finished fraction of the run, 0 to 1, by steps or by time.
    func fraction(epoch: Int, progress: Double) -> Double
    /// The scalars of the schedule's state by name, all finite; only ``validated(_:)`` changes them.
    var scalarState: [String: Double] { get set }
    /// Called after every validation with its loss in nats per symbol; infinity if the loss was not a finite number.
    mutating func validated(_ nats: Double)
}

extension LearningRateSchedule {
    package var scalarState: [String: Double] {
        get { [:] }
        set {}
    }
    package mutating func validated(_ nats: Double) {}
}

/// The largest learning rate throughout.
package struct ConstantSchedule: LearningRateSchedule {
    package init() {}

    package func fraction(epoch: Int, progress: Double) -> Double { 1 }
}

/// Half a cosine from 1 down to a last fraction (Loshchilov and Hutter 2017, arXiv 1608.03983).
///
///     fraction = last + (1 − last) · (1 + cos(π · progress)) / 2
package struct CosineSchedule: LearningRateSchedule {
    private let last: Double

    package init(last: Double) { self.last = last }

    package func fraction(epoch: Int, progress: Double) -> Double {
        last + (1 - last) * 0.5 * (1 + cos(Double.pi * min(max(progress, 0), 1)))
    }
}

/// A factor once every few epochs.
///
///     fraction = factor^⌊epoch / every⌋
package struct StepSchedule: LearningRateSchedule {
    private let factor: Double
    private let every: Int

    /// - Precondition: `every` is positive.
    package init(factor: Double, every: Int) {
        precondition(every > 0, "every \(every) epochs")
        self.factor = factor
        self.every = every
    }

    package func fraction(epoch: Int, progress: Double) -> Double { pow(factor, Double(epoch / every)) }
}

/// A factor after every epoch from number `after` on, as in char-rnn (Karpathy et al. 2015, arXiv 1506.02078: 0.95 after
/// the 10th).
///
///     fraction = factor^k, k the number of finished epochs from number `after` on; the first epoch is number 1
package struct ExponentialSchedule: LearningRateSchedule {
    private let factor: Double
    private let after: Int

    package init(factor: Double, after: Int) {
        self.factor = factor
        self.after = after
    }

    package func fraction(epoch: Int, progress: Double) -> Double {
        pow(factor, Double(max(0, epoch - max(after, 1) + 1)))
    }
}
