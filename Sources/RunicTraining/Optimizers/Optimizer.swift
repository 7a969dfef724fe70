package import RunicCells
package import RunicKernels

/// An algorithm that updates the parameters from their gradient.
package protocol Optimizer: AnyObject, Sendable {
    /// The number of updates done.
    var step: Int { get set }
    /// The arrays of optimizer state by name, each as long as the parameter buffer.
    var vectorState: [(name: String, values: Block<Float>)] { get }
    /// The scalars of optimizer state by name, all finite; only ``validated(_:parameters:)`` changes them.
    var scalarState: [String: Double] { get set }
    /// Whether it can keep an average of the parameters.
    var keepsAverage: Bool { get }
    /// The average that validation and archives use instead of the parameters; nil if they use the parameters.
    var average: Block<Float>? { get }
    /// Updates all parameters once.
    func update(
        parameters: Block<Float>, gradient: Block<Float>, gradientScale: Float, learningRate: Double, pool: WorkerPool,
        meter: StepMeter?)
    /// Called after every validation with its loss in nats per symbol; infinity if the loss was not a finite number.
    func validated(_ nats: Double, parameters: Block<Float>)
}

extension Optimizer {
    package var scalarState: [String: Double] {
        get { [:] }
        set {}
    }
    package var keepsAverage: Bool { false }
    package var average: Block<Float>? { nil }
    package func validated(_ nats: Double, parameters: Block<Float>) {}
}
