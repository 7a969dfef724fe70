/// When the next checkpoint may be written: not before its time, and never so often that writing takes more than 2 % of
/// the time.
///
/// It knows no clock: times are seconds from any beginning.
package struct CheckpointPace: Sendable, Hashable {
    /// The largest share of the time, of all of it and from one checkpoint to the next.
    package static let largestShare = 0.02
    /// Seconds between two checkpoints unless asked otherwise.
    package static let defaultInterval = 30.0

    private let interval: Double
    private let began: Double
    /// Seconds that went into writing.
    private var spent = 0.0
    private var next: Double

    /// - Parameters:
    ///   - interval: the least seconds from one checkpoint to the next; 0: whenever there can be one, whatever it costs.
    ///   - now: the time from which the first interval, and the time in all, count.
    package init(interval: Double, now: Double) {
        self.interval = interval
        began = now
        next = now + interval
    }

    /// Whether a checkpoint may be written.
    package func isDue(at now: Double) -> Bool { now >= next }

    /// Notes a checkpoint that was written; the next one is taken to last as long.
    package mutating func wrote(from start: Double, to end: Double) {
        let cost = end - start
        spent += cost
        guard interval > 0 else { return next = end }
        let rest = cost / Self.largestShare
        next = max(end + interval, end + rest, began + (spent + cost) / Self.largestShare - cost)
    }
}
