internal import RunicCells
package import RunicKernels

/// A rule that turns gradients into updates of the parameters.
package protocol Optimizer: AnyObject, Sendable {
    /// The number of updates done.
    var step: Int { get set }
    /// What the rule remembers, by name, each as long as the parameter buffer.
    var memory: [(name: String, values: Block<Float>)] { get }
    /// What it remembers beside that, finite numbers by name; only ``validated(_:)`` changes them.
    var numbers: [String: Double] { get set }
    /// Whether it may keep an average of the parameters.
    var keepsAverage: Bool { get }
    /// The average that validation and archives want in place of the parameters; nil: the parameters themselves.
    var average: Block<Float>? { get }
    /// One update of all parameters.
    func update(
        parameters: Block<Float>, gradient: Block<Float>, gradientScale: Float, learningRate: Double, pool: WorkerPool)
    /// Told of every validation loss, nats per symbol; infinity where it was not a number.
    func validated(_ nats: Double, parameters: Block<Float>)
}

extension Optimizer {
    package var numbers: [String: Double] {
        get { [:] }
        set {}
    }
    package var keepsAverage: Bool { false }
    package var average: Block<Float>? { nil }
    package func validated(_ nats: Double, parameters: Block<Float>) {}
}
