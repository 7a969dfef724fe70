internal import CRunicKernels

/// The element-wise operations of gates, for cells without their own loops in C. Each works on some units of every row.
///
/// Blocks may have gaps between their rows, so a gate can be `gates.columns(…)`. Letters: B rows, H units.
package enum GateKernels {
    /// The activation of a gate.
    package enum Squash: Int32, Sendable {
        case sigmoid = 0
        case tanh = 1
        case relu = 2
    }

    /// gate = squash(input + term + bias).
    ///
    /// - Parameters:
    ///   - input: Wx · x: a row for each row of the batch or, with `identifiers`, for each symbol.
    ///   - bias: (H).
    package static func activate(
        _ squash: Squash, units: Range<Int>, input: Block<Float>, identifiers: Block<Int32>?, term: Block<Float>,
        bias: Block<Float>, to gate: Block<Float>
    ) {
        let width = gate.columns
        precondition(
            input.columns == width && term.columns == width && term.rows == gate.rows && bias.count == width
                && (identifiers?.count ?? input.rows) == gate.rows && units.lowerBound >= 0
                && units.upperBound <= width,
            "gate (\(gate.rows), \(width)), input (\(input.rows), \(input.columns)), term (\(term.rows), \(term.columns))"
        )
        unsafe runic_gate_forward(
            squash.rawValue, gate.rows, units.lowerBound, units.upperBound, input.base, input.stride,
            identifiers?.base, term.base, term.stride, bias.base, gate.base, gate.stride)
    }

    /// gradient ⊙= squash′, computed from the activated gate; adds its sum over rows to the bias gradient.
    package static func activateBackward(
        _ squash: Squash, gate: Block<Float>, gradient: Block<Float>, biasGradient: Block<Float>
    ) {
        check(gate, gradient)
        precondition(biasGradient.count == gate.columns, "bias gradient \(biasGradient.count) for \(gate.columns)")
        unsafe runic_gate_backward(
            squash.rawValue, gate.rows, gate.columns, gate.base, gate.stride, gradient.base, gradient.stride,
            biasGradient.base)
    }

    /// y = a ⊙ b, and also in bfloat16 if `rounded` is not nil.
    package static func multiply(
        units: Range<Int>, _ a: Block<Float>, _ b: Block<Float>, to y: Block<Float>, rounded: Block<UInt16>?
    ) {
        check(a, y)
        check(b, y)
        precondition(
            units.lowerBound >= 0 && units.upperBound <= y.columns && (rounded?.count ?? y.count) == y.count,
            "units \(units) of \(y.columns)")
        unsafe runic_multiply_rows(
            y.rows, units.lowerBound, units.upperBound, a.base, a.stride, b.base, b.stride, y.base, y.stride,
            rounded?.base, rounded?.stride ?? 0)
    }

    /// y += a ⊙ b.
    package static func multiplyAdd(_ a: Block<Float>, _ b: Block<Float>, to y: Block<Float>) {
        check(a, y)
        check(b, y)
        unsafe runic_multiply_add_rows(y.rows, y.columns, a.base, a.stride, b.base, b.stride, y.base, y.stride)
    }

    /// The new hidden state: `gate ⊙ before + (1 − gate) ⊙ candidate` if the gate keeps, else
    /// `(1 − gate) ⊙ before + gate ⊙ candidate`.
    package static func mix(
        units: Range<Int>, keeps: Bool, gate: Block<Float>, candidate: Block<Float>, before: Block<Float>,
        to hidden: Block<Float>, rounded: Block<UInt16>?
    ) {
        check(gate, hidden)
        check(candidate, hidden)
        check(before, hidden)
        precondition(
            units.lowerBound >= 0 && units.upperBound <= hidden.columns
                && (rounded?.count ?? hidden.count) == hidden.count, "units \(units) of \(hidden.columns)")
        unsafe runic_mix_forward(
            keeps ? 1 : 0, hidden.rows, units.lowerBound, units.upperBound, gate.base, gate.stride, candidate.base,
            candidate.stride, before.base, before.stride, hidden.base, hidden.stride, rounded?.base,
            rounded?.stride ?? 0)
    }

    /// The backward step of ``mix(units:keeps:gate:candidate:before:to:rounded:)``.
    ///
    /// - Parameters:
    ///   - hiddenGradient: out: the direct gradient of `before`.
    ///   - gateGradient: out: the gradient of the activated gate.
    ///   - candidateGradient: out: the gradient before the candidate's tanh; may be the memory of `candidate`.
    package static func mixBackward(
        keeps: Bool, above: Block<Float>, hiddenGradient: Block<Float>, gate: Block<Float>, candidate: Block<Float>,
        before: Block<Float>, gateGradient: Block<Float>, candidateGradient: Block<Float>
    ) {
        for block in [hiddenGradient, gate, candidate, before, gateGradient, candidateGradient] { check(block, above) }
        precondition(above.isContiguous && hiddenGradient.isContiguous && before.isContiguous, "rows with gaps")
        unsafe runic_mix_backward(
            keeps ? 1 : 0, above.rows, above.columns, above.base, hiddenGradient.base, gate.base, gate.stride,
            candidate.base, candidate.stride, before.base, gateGradient.base, gateGradient.stride,
            candidateGradient.base, candidateGradient.stride)
    }

    /// y += x summed over its rows; y is (H).
    package static func addRows(_ x: Block<Float>, to y: Block<Float>) {
        precondition(y.count == x.columns && y.isContiguous, "\(y.count) sums for \(x.columns) columns")
        unsafe runic_add_rows(x.rows, x.columns, x.base, x.stride, y.base)
    }

    /// Copies rows, to float32 or bfloat16 or both.
    package static func copy(_ x: Block<Float>, to y: Block<Float>?, rounded: Block<UInt16>?) {
        if let y { check(x, y) }
        precondition(
            (rounded?.rows ?? x.rows) == x.rows && (rounded?.columns ?? x.columns) == x.columns, "rows of another shape"
        )
        unsafe runic_copy_rows(
            x.rows, x.columns, x.base, x.stride, y?.base, y?.stride ?? 0, rounded?.base, rounded?.stride ?? 0)
    }

    private static func check(_ x: Block<Float>, _ y: Block<Float>) {
        precondition(
            x.rows == y.rows && x.columns == y.columns, "(\(x.rows), \(x.columns)) with (\(y.rows), \(y.columns))")
    }
}
