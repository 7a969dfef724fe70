/// How the learning rate falls over a run, as a share of its largest; the rise at the start is ``LearningRate``'s.
package protocol LearningRateSchedule: Sendable {
    /// The share of an update, 0 to 1.
    ///
    /// - Parameters:
    ///   - epoch: passes over the text that are done.
    ///   - progress: how much of the run is over, 0 to 1, by steps or by time.
    func share(epoch: Int, progress: Double) -> Double
    /// What the schedule remembers, finite numbers by name; only ``validated(_:)`` changes them.
    var numbers: [String: Double] { get set }
    /// Told of every validation loss, nats per symbol; infinity where it was not a number.
    mutating func validated(_ nats: Double)
}

extension LearningRateSchedule {
    package var numbers: [String: Double] {
        get { [:] }
        set {}
    }
    package mutating func validated(_ nats: Double) {}
}
