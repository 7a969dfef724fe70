internal import CRunicKernels

/// The update rule of AdamW over part of the parameters.
package enum AdamWKernel {
    /// One update of `parameters` and both moments.
    ///
    /// - Parameters:
    ///   - gradientScale: what clipping leaves of the gradient.
    ///   - decay: λ of the decoupled weight decay.
    ///   - correction1: 1 / (1 − β₁ᵗ) for update t, from 1; `correction2` likewise.
    package static func update(
        parameters: Block<Float>, gradient: Block<Float>, first: Block<Float>, second: Block<Float>,
        gradientScale: Float, learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, decay: Double,
        correction1: Double, correction2: Double
    ) {
        let count = parameters.count
        precondition(
            parameters.isContiguous && gradient.count == count && first.count == count && second.count == count,
            "updating \(count) parameters with \(gradient.count) gradients")
        unsafe runic_adamw(
            count, parameters.base, gradient.base, first.base, second.base, gradientScale, Float(learningRate),
            Float(1 - beta1), Float(1 - beta2), Float(epsilon), Float(decay), Float(correction1), Float(correction2))
    }
}
