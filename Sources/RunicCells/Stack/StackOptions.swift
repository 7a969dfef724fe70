/// The options of a stack of layers, in addition to its cells.
package struct StackOptions: Sendable, Hashable {
    /// P, the width that the hidden state is projected to, h = W_hr · (o ⊙ tanh c) (Sak et al. 2014, arXiv 1402.1128); nil
    /// without a projection.
    package var projectionSize: Int?
    /// Whether every layer except the first adds its input to its output (residual connections).
    package var residual = false
    /// Whether the two products of a step are layer-normalised (Ba et al. 2016, arXiv 1607.06450).
    package var layerNorm = false
    /// Whether the initial state is learned; otherwise it is zero.
    package var learnsInitialState = false
    /// The probability that a unit of h, or of the other states, keeps its old value at a step of training (zoneout, Krueger
    /// et al. 2017, arXiv 1606.01305); outside training, states take the expected value.
    package var zoneoutHidden = 0.0
    package var zoneoutCell = 0.0

    package init() {}

    package var zonesOut: Bool { zoneoutHidden > 0 || zoneoutCell > 0 }
}
