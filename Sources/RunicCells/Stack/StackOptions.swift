/// What a stack of layers has beside its cells.
package struct StackOptions: Sendable, Hashable {
    /// P: the hidden state is projected to this width, h = W_hr · (o ⊙ tanh c) (Sak et al. 2014, arXiv 1402.1128); nil: not.
    package var projectionSize: Int?
    /// Whether every layer but the first adds what it reads to what it gives.
    package var residual = false
    /// Whether the two products of a step are normalised (Ba et al. 2016, arXiv 1607.06450).
    package var layerNorm = false
    /// Whether the state before any text is learned.
    package var learnsInitialState = false
    /// The chance that a unit of h, or of the other states, keeps its old value for a step of training (Krueger et al.
    /// 2017, arXiv 1606.01305); elsewhere states move by the expectation.
    package var zoneoutHidden = 0.0
    package var zoneoutCell = 0.0

    package init() {}

    package var zonesOut: Bool { zoneoutHidden > 0 || zoneoutCell > 0 }
}
