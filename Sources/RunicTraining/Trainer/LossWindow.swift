/// The losses since the last line of the log.
package struct LossWindow: Sendable, Hashable, Codable {
    /// The sum of the losses of ``count`` steps, each the mean of its symbols in nats.
    package var sum = 0.0
    package var count = 0
    /// Seconds of training steps, left out ones included.
    package var seconds = 0.0

    package init() {}

    /// The mean loss in nats per symbol; nil where there was no step.
    var mean: Double? { count > 0 ? sum / Double(count) : nil }

    mutating func add(_ loss: Double) {
        sum += loss
        count += 1
    }
}
