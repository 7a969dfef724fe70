/// One cell of one layer, for one row and one step, without zoneout and resets.
protocol ReferenceRecurrence: Sendable {
    /// h_t and c_t from x_t, h_{t−1} and c_{t−1}.
    ///
    /// - Parameter mask: multiplies h_{t−1} before the product with W_h only.
    func forward(_ x: Vector, _ before: ReferenceUnit, _ mask: Vector) -> ReferenceUnit

    /// ∂/∂x_t, ∂/∂h_{t−1} and ∂/∂c_{t−1} from ∂/∂h_t and ∂/∂c_t; adds the gradients of the layer's tensors.
    func backward(
        _ x: Vector, _ before: ReferenceUnit, _ mask: Vector, _ above: ReferenceUnit,
        _ gradients: inout ReferenceGradients
    ) -> (x: Vector, before: ReferenceUnit)
}
