/// One cell of one layer, for one row and one step; zoneout and resets are not its business.
protocol ReferenceRecurrence: Sendable {
    /// h_t and c_t from x_t, h_{t−1} and c_{t−1}.
    ///
    /// - Parameter mask: what h_{t−1} is multiplied by where W_h reads it, and nowhere else.
    func forward(_ x: Vector, _ before: ReferenceMemory, _ mask: Vector) -> ReferenceMemory

    /// ∂/∂x_t, ∂/∂h_{t−1} and ∂/∂c_{t−1} from ∂/∂h_t and ∂/∂c_t; adds the gradients of the layer's tensors.
    func backward(
        _ x: Vector, _ before: ReferenceMemory, _ mask: Vector, _ above: ReferenceMemory,
        _ gradients: inout ReferenceGradients
    ) -> (x: Vector, before: ReferenceMemory)
}
