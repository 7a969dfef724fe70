internal import RunicKernels

/// One layer's weights in the form that products read. Letters: G gates, E early and L late ones of them, H units, P width
/// of h, D width of the input.
struct LayerWeights: Sendable {
    /// Whᵀ (P, E) and Wh (E, P) of the early gates: all of them, in most cells.
    let hiddenForward: PackedMatrix
    let hiddenBackward: PackedMatrix?
    /// Whᵀ (H, L) and Wh (L, H) of the late gates, where there are any.
    let lateForward: PackedMatrix?
    let lateBackward: PackedMatrix?
    /// Wxᵀ (D, G) and Wx (G, D); nil for a first layer with a table.
    let inputForward: PackedMatrix?
    let inputBackward: PackedMatrix?
    /// W_hrᵀ (H, P) and W_hr (P, H), where the hidden state is projected.
    let projectionForward: PackedMatrix?
    let projectionBackward: PackedMatrix?
    /// The combined biases, then the cell's further vectors, one row.
    let vectors: Block<Float>
    /// (G), the parameters themselves; no columns where nothing is normalised.
    let inputGain: Block<Float>
    let hiddenGain: Block<Float>
    /// (P) and (auxiliaryCount · H), the parameters themselves; no columns where they are zero.
    let initialHidden: Block<Float>
    let initialAuxiliary: Block<Float>
}
