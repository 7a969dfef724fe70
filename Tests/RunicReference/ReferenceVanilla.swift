/// h_t = φ(W_x x + b_ih + W_h h_{t−1} + b_hh), φ = tanh or relu.
struct ReferenceVanilla: ReferenceRecurrence {
    let rectifies: Bool
    let input: ReferenceProduct
    let hidden: ReferenceProduct

    func forward(_ x: Vector, _ before: ReferenceUnit, _ mask: Vector) -> ReferenceUnit {
        let a = input.forward(x) + hidden.forward(mask * before.hidden)
        return ReferenceUnit(hidden: rectifies ? relu(a) : tanh(a), cell: before.cell)
    }

    func backward(
        _ x: Vector, _ before: ReferenceUnit, _ mask: Vector, _ above: ReferenceUnit,
        _ gradients: inout ReferenceGradients
    ) -> (x: Vector, before: ReferenceUnit) {
        let h = forward(x, before, mask).hidden
        let da = above.hidden * (rectifies ? h.map { $0 > 0 ? 1 : 0 } : 1 - h * h)
        let dx = input.backward(x, da, &gradients)
        let dh = mask * hidden.backward(mask * before.hidden, da, &gradients)
        return (dx, ReferenceUnit(hidden: dh, cell: above.cell))
    }
}
