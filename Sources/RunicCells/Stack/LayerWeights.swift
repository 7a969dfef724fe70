internal import RunicKernels

/// One layer's weights, packed for products.
///
/// Letters: G gates, of which E are early and L late; H units, P width of h, D width of the input.
struct LayerWeights: Sendable {
    /// Whᵀ (P, E) and Wh (E, P) of the early gates: all of them, in most cells.
    let hiddenForward: PackedMatrix
    let hiddenBackward: PackedMatrix?
    /// Whᵀ (H, L) and Wh (L, H) of the late gates; nil without late gates.
    let lateForward: PackedMatrix?
    let lateBackward: PackedMatrix?
    /// Wxᵀ (D, G) and Wx (G, D); nil for a first layer with a table.
    let inputForward: PackedMatrix?
    let inputBackward: PackedMatrix?
    /// W_hrᵀ (H, P) and W_hr (P, H); nil without a projection.
    let projectionForward: PackedMatrix?
    let projectionBackward: PackedMatrix?
    /// The combined biases, then the cell's further vectors, one row.
    let vectors: Block<Float>
    /// (G), the parameters themselves; no columns without layer normalisation.
    let inputGain: Block<Float>
    let hiddenGain: Block<Float>
    /// (P) and (auxiliaryCount · H), the parameters themselves; no columns if the initial state is zero.
    let initialHidden: Block<Float>
    let initialAuxiliary: Block<Float>
}
