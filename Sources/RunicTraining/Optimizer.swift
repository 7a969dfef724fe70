internal import RunicCells
package import RunicKernels

/// A rule that turns gradients into updates of the parameters.
package protocol Optimizer: AnyObject, Sendable {
    /// The number of updates done.
    var step: Int { get set }
    /// What the rule remembers, by name, each as long as the parameter buffer.
    var memory: [(name: String, values: Block<Float>)] { get }
    /// One update of all parameters.
    func update(
        parameters: Block<Float>, gradient: Block<Float>, gradientScale: Float, learningRate: Double, pool: WorkerPool)
}
