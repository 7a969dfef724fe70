/// When the next checkpoint may be written: not before an interval has passed, and so rarely that writing takes at most 2 %
/// of the time.
///
/// Times are seconds from any origin.
package struct CheckpointPace: Sendable, Hashable {
    /// The largest fraction of the time spent writing, both in total and from one checkpoint to the next.
    package static let largestFraction = 0.02
    /// The default time between two checkpoints, in seconds.
    package static let defaultInterval = 30.0

    private let interval: Double
    private let began: Double
    /// Seconds spent writing.
    private var spent = 0.0
    private var next: Double

    /// - Parameters:
    ///   - interval: the least time from one checkpoint to the next, in seconds; 0: as often as possible, at any cost.
    ///   - now: the start of the first interval and of the total time.
    package init(interval: Double, now: Double) {
        self.interval = interval
        began = now
        next = now + interval
    }

    /// Whether a checkpoint may be written.
    package func isDue(at now: Double) -> Bool { now >= next }

    /// Notes that a checkpoint was written; the next one is expected to take as long.
    package mutating func wrote(from start: Double, to end: Double) {
        let cost = end - start
        spent += cost
        guard interval > 0 else { return next = end }
        let rest = cost / Self.largestFraction
        next = max(end + interval, end + rest, began + (spent + cost) / Self.largestFraction - cost)
    }
}
