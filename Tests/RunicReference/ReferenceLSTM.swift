/// The long short-term memory with all its options; optional terms are in brackets.
///
///     a    = W_x x + b_ih + W_h h_{t−1} + b_hh, the rows of each gate
///     i    = σ(a_i [+ p_i ⊙ c_{t−1}])        [or 1, or 1 − f, or the smaller of it and 1 − f]
///     f    = σ(a_f [+ p_f ⊙ c_{t−1}])        [or 1]
///     g    = tanh(a_g)                       [or a_g]
///     c_t  = f ⊙ c_{t−1} + i ⊙ g
///     o    = σ(a_o [+ p_o ⊙ c_t])            [or 1]
///     s    = c_t                             [or γ ⊙ LN(c_t) + β]
///     k    = o ⊙ tanh(s)                     [or o ⊙ s]
///     h_t  = k                               [or W_hr k]
struct ReferenceLSTM: ReferenceRecurrence {
    private typealias Gate = ReferenceLSTMOptions.Gate

    private let options: ReferenceLSTMOptions
    private let caps: Bool
    private let layer: Int
    /// H.
    private let size: Int
    private let input: ReferenceProduct
    private let hidden: ReferenceProduct
    private let peepholes: [Gate: Vector]
    /// γ and β.
    private let normalisation: (gain: Vector, offset: Vector)?
    /// The rows of W_hr.
    private let projection: [Vector]?

    init(
        _ model: ReferenceModel, _ options: ReferenceLSTMOptions, layer: Int, input: ReferenceProduct,
        hidden: ReferenceProduct
    ) {
        self.options = options
        caps = model.specification.capsInputGate
        self.layer = layer
        size = model.specification.hiddenSize
        self.input = input
        self.hidden = hidden
        var peepholes: [Gate: Vector] = [:]
        for gate in options.peepholes { peepholes[gate] = model.vector("rnn.peephole_\(gate.rawValue)_l\(layer)") }
        self.peepholes = peepholes
        normalisation =
            model.specification.layerNorm
            ? (model.vector("rnn.norm_cell_l\(layer)"), model.vector("rnn.norm_cell_bias_l\(layer)")) : nil
        projection = model.specification.projectionSize == nil ? nil : model.rows("rnn.weight_hr_l\(layer)", size)
    }

    private struct Values {
        var i: Vector
        /// 1 where 1 − f is the smaller of both, else 0.
        var capped: Vector
        var f: Vector
        var g: Vector
        var o: Vector
        var c: Vector
        /// tanh(s), or s.
        var y: Vector
    }

    /// The rows of a gate, nil where it has none.
    private func rows(of gate: Gate) -> Range<Int>? {
        options.gates.firstIndex(of: gate).map { ($0 * size)..<(($0 + 1) * size) }
    }

    /// A gate that looks at a cell state; 1 where it is missing.
    private func open(_ gate: Gate, _ a: Vector, lookingAt cell: Vector) -> Vector {
        guard let rows = rows(of: gate) else { return .ones(size) }
        guard let peephole = peepholes[gate] else { return sigmoid(a[rows]) }
        return sigmoid(a[rows] + peephole * cell)
    }

    private func values(_ x: Vector, _ before: ReferenceUnit, _ mask: Vector) -> Values {
        let a = input.forward(x) + hidden.forward(mask * before.hidden)
        let f = open(.forget, a, lookingAt: before.cell)
        let opened = options.coupled ? 1 - f : open(.input, a, lookingAt: before.cell)
        let capped = Vector((0..<size).map { caps && opened[$0] >= 1 - f[$0] ? 1.0 : 0.0 })
        let i = capped * (1 - f) + (1 - capped) * opened
        let candidate = rows(of: .candidate).map { a[$0] } ?? .zeros(size)
        let g = options.linearInput ? candidate : tanh(candidate)
        let c = f * before.cell + i * g
        let o = open(.output, a, lookingAt: c)
        let s = normalisation.map { $0.gain * c.normalised + $0.offset } ?? c
        return Values(i: i, capped: capped, f: f, g: g, o: o, c: c, y: options.linearOutput ? s : tanh(s))
    }

    func forward(_ x: Vector, _ before: ReferenceUnit, _ mask: Vector) -> ReferenceUnit {
        let v = values(x, before, mask)
        let k = v.o * v.y
        return ReferenceUnit(hidden: projection.map { Vector($0.map { $0.dot(k) }) } ?? k, cell: v.c)
    }

    func backward(
        _ x: Vector, _ before: ReferenceUnit, _ mask: Vector, _ above: ReferenceUnit,
        _ gradients: inout ReferenceGradients
    ) -> (x: Vector, before: ReferenceUnit) {
        let v = values(x, before, mask)
        let dk = projectionBackward(v.o * v.y, above.hidden, &gradients)
        let ds = dk * v.o * (options.linearOutput ? .ones(size) : 1 - v.y * v.y)
        var dc = above.cell + normalisationBackward(v.c, ds, &gradients)
        var da = Vector.zeros(options.gates.count * size)

        // Takes the gradient of a gate to a, to its peephole, and to the cell state that it looks at.
        func close(_ gate: Gate, _ value: Vector, _ d: Vector, lookingAt cell: Vector) -> Vector {
            guard let rows = rows(of: gate) else { return .zeros(size) }
            da[rows] = d * value * (1 - value)
            guard let peephole = peepholes[gate] else { return .zeros(size) }
            gradients.add("rnn.peephole_\(gate.rawValue)_l\(layer)", da[rows] * cell)
            return da[rows] * peephole
        }

        dc += close(.output, v.o, dk * v.y, lookingAt: v.c)
        let (di, dg) = (dc * v.g, dc * v.i)
        // d(1 − f)/df = −1, where i is 1 − f.
        let df = dc * before.cell - (options.coupled ? di : v.capped * di)
        var dcBefore = dc * v.f
        if !options.coupled { dcBefore += close(.input, v.i, (1 - v.capped) * di, lookingAt: before.cell) }
        dcBefore += close(.forget, v.f, df, lookingAt: before.cell)
        if let rows = rows(of: .candidate) { da[rows] = options.linearInput ? dg : dg * (1 - v.g * v.g) }

        let dx = input.backward(x, da, &gradients)
        let dh = mask * hidden.backward(mask * before.hidden, da, &gradients)
        return (dx, ReferenceUnit(hidden: dh, cell: dcBefore))
    }

    /// ∂/∂k from ∂/∂h.
    private func projectionBackward(_ k: Vector, _ dh: Vector, _ gradients: inout ReferenceGradients) -> Vector {
        guard let projection else { return dh }
        var dk = Vector.zeros(size)
        for (row, weights) in projection.enumerated() {
            gradients.add("rnn.weight_hr_l\(layer)", at: row * size, dh[row] * k)
            dk += dh[row] * weights
        }
        return dk
    }

    /// ∂/∂c from ∂/∂s.
    private func normalisationBackward(_ c: Vector, _ ds: Vector, _ gradients: inout ReferenceGradients) -> Vector {
        guard let normalisation else { return ds }
        gradients.add("rnn.norm_cell_l\(layer)", ds * c.normalised)
        gradients.add("rnn.norm_cell_bias_l\(layer)", ds)
        return c.normalisedBackward(normalisation.gain * ds)
    }
}
