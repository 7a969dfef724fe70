internal import CRunicKernels

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
