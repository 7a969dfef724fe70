/// The terms of the objective in addition to the mean of −log p.
package struct ReferenceObjective: Sendable {
    /// α: + α · mean(x_L²) over all elements of the decoder's input.
    package var activationPenalty = 0.0
    /// β: + β · mean((h_t − h_{t−1})²) of the top layer's h before any mask, over all elements of the pass's T − 1
    /// differences.
    package var temporalPenalty = 0.0
    /// ε: −log p is taken of (1 − ε) · onehot + ε / V.
    package var labelSmoothing = 0.0

    package init(activationPenalty: Double = 0, temporalPenalty: Double = 0, labelSmoothing: Double = 0) {
        self.activationPenalty = activationPenalty
        self.temporalPenalty = temporalPenalty
        self.labelSmoothing = labelSmoothing
    }
}
