internal import CRunicKernels

/// The form of an LSTM: which gates, peepholes and activations it has.
@safe
package struct LSTMForm: Sendable, Hashable {
    /// The source of the input gate.
    package enum InputGate: Sendable, Hashable {
        /// A separate gate.
        case own
        /// 1 − f.
        case coupled
        /// Always 1.
        case open
        /// A separate gate, at most 1 − f; kept as it is after the cap.
        case capped
    }

    package var inputGate = InputGate.own
    package var hasForgetGate = true
    package var hasOutputGate = true
    /// Whether the candidate goes through tanh.
    package var squashesInput = true
    /// Whether the output is o ⊙ tanh(c); otherwise it is o ⊙ c.
    package var squashesOutput = true
    package var (peepholeInput, peepholeForget, peepholeOutput) = (false, false, false)
    /// Whether the cell state is normalised over its units before the output.
    package var normalises = false

    package init() {}

    /// Whether the input gate has rows of its own.
    package var hasInputGate: Bool { inputGate == .own || inputGate == .capped }
    /// G / H.
    package var gateCount: Int { 1 + [hasInputGate, hasForgetGate, hasOutputGate].count { $0 } }
    /// The number of vectors of H after the biases.
    package var furtherVectors: Int {
        [peepholeInput, peepholeForget, peepholeOutput].count { $0 } + (normalises ? 2 : 0)
    }

    /// One step forward; see ``CellKernels`` for the letters. `vectors` are the biases (G), then any peepholes of i, f and o,
    /// then gain and offset of a normalised cell state.
    package func forward(
        units: Range<Int>, input: Block<Float>, identifiers: Block<Int32>?, hiddenTerm: Block<Float>,
        vectors: Block<Float>, cellBefore: Block<Float>, gates: Block<Float>, cell: Block<Float>,
        hidden: Block<Float>, rounded: Block<UInt16>?
    ) {
        let (rows, width) = CellKernels.check(
            units, hidden, rounded, gates, gateCount: gateCount, input, identifiers, hiddenTerm)
        precondition(
            vectors.count == (gateCount + furtherVectors) * width && cellBefore.count == hidden.count
                && cell.count == hidden.count, "vectors \(vectors.count) for \(width) units")
        precondition(!normalises || units == 0..<width, "a normalised cell state needs all units at once")
        var form = cForm
        unsafe runic_lstm_variant_forward(
            &form, rows, width, units.lowerBound, units.upperBound, input.base, identifiers?.base, hiddenTerm.base,
            vectors.base, cellBefore.base, gates.base, cell.base, hidden.base, rounded?.base)
    }

    /// One step backward: replaces activated `gates` by their gradients before activation.
    ///
    /// - Parameter scratch: (H).
    package func backward(
        above: Block<Float>, hiddenGradient: Block<Float>, cellGradient: Block<Float>, cellBefore: Block<Float>,
        cell: Block<Float>, vectors: Block<Float>, gates: Block<Float>, rounded: Block<UInt16>?,
        vectorGradient: Block<Float>, scratch: Block<Float>
    ) {
        let (rows, width) = CellKernels.check(above, hiddenGradient, gates, gateCount: gateCount, rounded)
        precondition(
            cellGradient.count == above.count && cellBefore.count == above.count && cell.count == above.count
                && vectors.count == (gateCount + furtherVectors) * width && vectorGradient.count == vectors.count
                && scratch.count >= width, "vectors \(vectors.count) for \(width) units")
        var form = cForm
        unsafe runic_lstm_variant_backward(
            &form, rows, width, above.base, hiddenGradient.base, cellGradient.base, cellBefore.base, cell.base,
            vectors.base, gates.base, rounded?.base, vectorGradient.base, scratch.base)
    }

    private var cForm: runic_lstm_form {
        func flag(_ value: Bool) -> Int32 { value ? 1 : 0 }
        let input =
            switch inputGate {
            case .own: RUNIC_GATE_OWN
            case .coupled: RUNIC_GATE_COUPLED
            case .open: RUNIC_GATE_OPEN
            case .capped: RUNIC_GATE_CAPPED
            }
        return runic_lstm_form(
            input_gate: Int32(input), forget_gate: flag(hasForgetGate), output_gate: flag(hasOutputGate),
            squashes_input: flag(squashesInput), squashes_output: flag(squashesOutput),
            peephole_i: flag(peepholeInput), peephole_f: flag(peepholeForget), peephole_o: flag(peepholeOutput),
            normalises: flag(normalises))
    }
}
