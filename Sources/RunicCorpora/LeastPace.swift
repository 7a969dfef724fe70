/// Notices a connection that delivers a byte now and then, and so would never end.
struct LeastPace {
    /// The least bytes a second, on average over ``window``.
    static let rate = 1_024
    /// Seconds over which bytes are counted.
    static let window = 60.0

    private var start: Double
    private var received = 0

    /// - Parameter now: the time in seconds.
    init(now: Double) { start = now }

    /// Counts bytes; returns whether a window has passed in which there were too few.
    mutating func isTooSlow(_ count: Int, now: Double) -> Bool {
        received += count
        guard now - start >= Self.window else { return false }
        defer { (start, received) = (now, 0) }
        return Double(received) < Double(Self.rate) * (now - start)
    }
}
