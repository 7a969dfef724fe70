internal import Glibc
internal import RunicKernels

/// Adam (Kingma and Ba 2015, arXiv 1412.6980), or AdamW with decoupled weight decay (Loshchilov and Hutter 2019, arXiv
/// 1711.05101).
///
///     Adam: g ← g + λ θ        AdamW: θ ← θ (1 − η λ)
///     m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
///     θ ← θ − η · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)
///
/// As PyTorch's `Adam` and `AdamW`.
package struct AdamRule: UpdateRule {
    /// β₁ and β₂, the decay rates of both moments, and ε.
    package let beta1, beta2, epsilon: Double
    /// Whether the weight decay is decoupled (AdamW).
    package let isDecoupled: Bool

    package init(beta1: Double, beta2: Double, epsilon: Double, isDecoupled: Bool) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.isDecoupled = isDecoupled
    }

    package var stateNames: [String] { ["adam.first", "adam.second"] }

    package func update(_ slice: ParameterSlice, _ step: UpdateStep) {
        let t = Double(step.number)
        AdamKernel.update(
            parameters: slice.parameters, gradient: slice.gradient, first: slice.state[0], second: slice.state[1],
            gradientScale: step.gradientScale, learningRate: step.learningRate, beta1: beta1, beta2: beta2,
            epsilon: epsilon, penalty: isDecoupled ? 0 : slice.decay, decay: isDecoupled ? slice.decay : 0,
            correction1: 1 / (1 - pow(beta1, t)), correction2: 1 / (1 - pow(beta2, t)))
    }
}
