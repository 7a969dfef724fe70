internal import CRunicKernels

/// The update rule of stochastic gradient descent for a slice of the parameters.
package enum SGDKernel {
    /// One update of `parameters` and of the velocity.
    ///
    /// - Parameters:
    ///   - velocity: nil without momentum.
    ///   - gradientScale: the factor by which clipping scales the gradient.
    ///   - penalty: λ of a weight decay that is part of the gradient.
    package static func update(
        parameters: Block<Float>, gradient: Block<Float>, velocity: Block<Float>?, gradientScale: Float,
        learningRate: Double, momentum: Double, penalty: Double
    ) {
        let count = parameters.count
        precondition(
            parameters.isContiguous && gradient.count == count && velocity?.count ?? count == count,
            "updating \(count) parameters with \(gradient.count) gradients")
        unsafe runic_sgd(
            count, parameters.base, gradient.base, velocity?.base, gradientScale, Float(learningRate),
            Float(momentum), Float(penalty))
    }
}
