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

/// The update rule of Adam and AdamW for a slice of the parameters.
package enum AdamKernel {
    /// One update of `parameters` and both moments.
    ///
    /// - Parameters:
    ///   - gradientScale: the factor by which clipping scales the gradient.
    ///   - penalty: λ of a weight decay that is part of the gradient, as in Adam.
    ///   - decay: λ of a decoupled weight decay, as in AdamW.
    ///   - correction1: 1 / (1 − β₁ᵗ) for update t, from 1; `correction2` likewise.
    package static func update(
        parameters: Block<Float>, gradient: Block<Float>, first: Block<Float>, second: Block<Float>,
        gradientScale: Float, learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, penalty: Double,
        decay: Double, correction1: Double, correction2: Double
    ) {
        let count = parameters.count
        precondition(
            parameters.isContiguous && gradient.count == count && first.count == count && second.count == count,
            "updating \(count) parameters with \(gradient.count) gradients")
        unsafe runic_adam(
            count, parameters.base, gradient.base, first.base, second.base, gradientScale, Float(learningRate),
            Float(1 - beta1), Float(1 - beta2), Float(epsilon), Float(penalty), Float(decay), Float(correction1),
            Float(correction2))
    }
}

/// A running average of the parameters.
package enum AverageKernel {
    /// average ← average + weight · (parameters − average).
    package static func update(average: Block<Float>, parameters: Block<Float>, weight: Double) {
        let count = parameters.count
        precondition(
            parameters.isContiguous && average.isContiguous && average.count == count,
            "averaging \(count) parameters into \(average.count)")
        unsafe runic_average(count, parameters.base, average.base, Float(weight))
    }
}
