/// The minimal gated unit of Zhou et al. 2016, arXiv 1603.09420.
///
///     f   = σ(W_xf x + b_if + W_hf h_{t−1} + b_hf)
///     n   = tanh(W_xn x + b_in + W_hn (f ⊙ h_{t−1}) + b_hn)
///     h_t = (1 − f) ⊙ h_{t−1} + f ⊙ n
struct ReferenceMGU: ReferenceRecurrence {
    let inputForget: ReferenceProduct
    let inputNew: ReferenceProduct
    let hiddenForget: ReferenceProduct
    let hiddenNew: ReferenceProduct

    /// - Parameter m: h_{t−1} as W_h reads it.
    private func values(_ x: Vector, _ m: Vector) -> (f: Vector, n: Vector) {
        let f = sigmoid(inputForget.forward(x) + hiddenForget.forward(m))
        return (f, tanh(inputNew.forward(x) + hiddenNew.forward(f * m)))
    }

    func forward(_ x: Vector, _ before: ReferenceUnit, _ mask: Vector) -> ReferenceUnit {
        let (f, n) = values(x, mask * before.hidden)
        return ReferenceUnit(hidden: (1 - f) * before.hidden + f * n, cell: before.cell)
    }

    func backward(
        _ x: Vector, _ before: ReferenceUnit, _ mask: Vector, _ above: ReferenceUnit,
        _ gradients: inout ReferenceGradients
    ) -> (x: Vector, before: ReferenceUnit) {
        let m = mask * before.hidden
        let (f, n) = values(x, m)
        let dn = above.hidden * f * (1 - n * n)
        let dProduct = hiddenNew.backward(f * m, dn, &gradients)
        let df = (above.hidden * (n - before.hidden) + dProduct * m) * f * (1 - f)
        let dm = dProduct * f + hiddenForget.backward(m, df, &gradients)
        let dx = inputNew.backward(x, dn, &gradients) + inputForget.backward(x, df, &gradients)
        return (dx, ReferenceUnit(hidden: above.hidden * (1 - f) + mask * dm, cell: above.cell))
    }
}
