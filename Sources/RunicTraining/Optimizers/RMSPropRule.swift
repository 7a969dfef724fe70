internal import RunicKernels

/// RMSProp (Tieleman and Hinton 2012, Coursera lecture 6.5), with optional momentum.
///
///     g ← g + λ θ        v ← α v + (1 − α) g²
///     u ← μ u + g / (√v + ε)        θ ← θ − η u
///
/// As PyTorch's `RMSprop`, not centred; the weight decay λ is part of the gradient. char-rnn's α is 0.95.
package struct RMSPropRule: UpdateRule {
    /// α, the decay rate of the mean square; ε; and the momentum μ.
    package let alpha, epsilon, momentum: Double

    package init(alpha: Double, epsilon: Double, momentum: Double) {
        self.alpha = alpha
        self.epsilon = epsilon
        self.momentum = momentum
    }

    package var stateNames: [String] { ["rmsprop.square"] + (momentum > 0 ? ["rmsprop.velocity"] : []) }

    package func update(_ slice: ParameterSlice, _ step: UpdateStep) {
        RMSPropKernel.update(
            parameters: slice.parameters, gradient: slice.gradient, square: slice.state[0],
            velocity: momentum > 0 ? slice.state[1] : nil, gradientScale: step.gradientScale,
            learningRate: step.learningRate, alpha: alpha, epsilon: epsilon, momentum: momentum, penalty: slice.decay)
    }
}
