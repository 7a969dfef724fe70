internal import RunicKernels

/// Stochastic gradient descent with optional momentum (Polyak 1964, doi:10.1016/0041-5553(64)90137-5).
///
///     g ← g + λ θ        u ← μ u + g        θ ← θ − η u
///
/// As PyTorch's `SGD`: the weight decay λ is part of the gradient, and the velocity u is not damped.
package struct SGDRule: UpdateRule {
    /// μ.
    package let momentum: Double

    package init(momentum: Double) { self.momentum = momentum }

    package var stateNames: [String] { momentum > 0 ? ["sgd.velocity"] : [] }

    package func update(_ slice: ParameterSlice, _ step: UpdateStep) {
        SGDKernel.update(
            parameters: slice.parameters, gradient: slice.gradient, velocity: slice.state.first,
            gradientScale: step.gradientScale, learningRate: step.learningRate, momentum: momentum,
            penalty: slice.decay)
    }
}
