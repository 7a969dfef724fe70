internal import CRunicKernels

/// The update rule of RMSProp for a slice of the parameters.
package enum RMSPropKernel {
    /// One update of `parameters`, the mean square and the velocity.
    ///
    /// - Parameters:
    ///   - velocity: nil without momentum.
    ///   - gradientScale: the factor by which clipping scales the gradient.
    ///   - alpha: the decay rate of the mean square.
    ///   - penalty: λ of a weight decay that is part of the gradient.
    package static func update(
        parameters: Block<Float>, gradient: Block<Float>, square: Block<Float>, velocity: Block<Float>?,
        gradientScale: Float, learningRate: Double, alpha: Double, epsilon: Double, momentum: Double, penalty: Double
    ) {
        let count = parameters.count
        precondition(
            parameters.isContiguous && gradient.count == count && square.count == count
                && velocity?.count ?? count == count,
            "updating \(count) parameters with \(gradient.count) gradients")
        unsafe runic_rmsprop(
            count, parameters.base, gradient.base, square.base, velocity?.base, gradientScale, Float(learningRate),
            Float(1 - alpha), Float(epsilon), Float(momentum), Float(penalty))
    }
}
