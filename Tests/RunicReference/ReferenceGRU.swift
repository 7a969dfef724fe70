/// The gated recurrent unit, with the reset gate after the product or, as Cho et al. 2014 (arXiv 1406.1078) have it, before.
///
///     r, z = σ(W_x x + b_ih + W_h h_{t−1} + b_hh), the rows of each
///     n    = tanh(W_xn x + b_in + r ⊙ (W_hn h_{t−1} + b_hn))       after
///     n    = tanh(W_xn x + b_in + W_hn (r ⊙ h_{t−1}) + b_hn)       before
///     h_t  = (1 − z) ⊙ n + z ⊙ h_{t−1}
struct ReferenceGRU: ReferenceRecurrence {
    let resetsBefore: Bool
    /// The rows of r and z, and those of n.
    let inputGates: ReferenceProduct
    let inputNew: ReferenceProduct
    let hiddenGates: ReferenceProduct
    let hiddenNew: ReferenceProduct

    private struct Values {
        var r: Vector
        var z: Vector
        /// W_hn h + b_hn; only where the reset gate comes after it.
        var q: Vector
        var n: Vector
    }

    /// - Parameter m: h_{t−1} as W_h reads it.
    private func values(_ x: Vector, _ m: Vector) -> Values {
        let H = m.count
        let gates = sigmoid(inputGates.forward(x) + hiddenGates.forward(m))
        let (r, z) = (gates[0..<H], gates[H..<(2 * H)])
        let q = resetsBefore ? .zeros(H) : hiddenNew.forward(m)
        let recurrent = resetsBefore ? hiddenNew.forward(r * m) : r * q
        return Values(r: r, z: z, q: q, n: tanh(inputNew.forward(x) + recurrent))
    }

    func forward(_ x: Vector, _ before: ReferenceUnit, _ mask: Vector) -> ReferenceUnit {
        let v = values(x, mask * before.hidden)
        return ReferenceUnit(hidden: (1 - v.z) * v.n + v.z * before.hidden, cell: before.cell)
    }

    func backward(
        _ x: Vector, _ before: ReferenceUnit, _ mask: Vector, _ above: ReferenceUnit,
        _ gradients: inout ReferenceGradients
    ) -> (x: Vector, before: ReferenceUnit) {
        let m = mask * before.hidden
        let v = values(x, m)
        let dz = above.hidden * (before.hidden - v.n)
        let da = above.hidden * (1 - v.z) * (1 - v.n * v.n)
        var dx = inputNew.backward(x, da, &gradients)
        let dr: Vector
        var dm: Vector
        if resetsBefore {
            let dProduct = hiddenNew.backward(v.r * m, da, &gradients)
            (dr, dm) = (dProduct * m, dProduct * v.r)
        } else {
            (dr, dm) = (da * v.q, hiddenNew.backward(m, da * v.r, &gradients))
        }
        let dGates = Vector((dr * v.r * (1 - v.r)).values + (dz * v.z * (1 - v.z)).values)
        dx += inputGates.backward(x, dGates, &gradients)
        dm += hiddenGates.backward(m, dGates, &gradients)
        return (dx, ReferenceUnit(hidden: above.hidden * v.z + mask * dm, cell: above.cell))
    }
}
