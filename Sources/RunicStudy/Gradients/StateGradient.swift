/// How much of a small change to a layer's state survives k steps: Frobenius norms of Jacobians over √n, n the number of
/// rows, so that the identity has 1. Element k − 1 is about k steps, from 1 on.
///
/// The states of a step count as independent: ∂/∂h_{T−k} with c_{T−k} fixed, and vice versa. A norm that float32 cannot
/// hold ends its series.
package struct StateGradient: Sendable, Hashable, Codable {
    /// ∂h_T/∂h_{T−k}.
    package var hidden: [Double] = []
    /// ∂h_T/∂c_{T−k}; nil for cells without a cell state.
    package var hiddenByCell: [Double]?
    /// ∂c_T/∂c_{T−k}, in the same manner.
    package var cell: [Double]?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case hidden = "dh_dh"
        case hiddenByCell = "dh_dc"
        case cell = "dc_dc"
    }

    /// The most steps over which ∂h_T/∂h_{T−k} stays at or above a norm all the way; 0: it is below at once.
    package func reach(above norm: Double) -> Int { hidden.firstIndex { $0 < norm } ?? hidden.count }
}
