package import RunicKernels

/// Long short-term memory (Hochreiter and Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735) with a forget gate
/// (Gers, Schmidhuber and Cummins 2000, doi:10.1162/089976600300015015), as PyTorch and cuDNN define it.
///
///     i_t = σ(Wx_i x_t + Wh_i h_{t−1} + b_i)      input gate: how much of the candidate is written
///     f_t = σ(Wx_f x_t + Wh_f h_{t−1} + b_f)      forget gate: how much of the old cell state stays
///     g_t = tanh(Wx_g x_t + Wh_g h_{t−1} + b_g)   candidate
///     o_t = σ(Wx_o x_t + Wh_o h_{t−1} + b_o)      output gate: how much of the cell state is shown
///     c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t             cell state
///     h_t = o_t ⊙ tanh(c_t)                       hidden state
///
/// Backward, with δ the gradient of the loss and dh_t the sum of the gradients from above and from step t+1:
///
///     δc_t   = δc_{t+1} ⊙ f_{t+1} + dh_t ⊙ o_t ⊙ (1 − tanh²(c_t))
///     δi_pre = δc_t ⊙ g_t ⊙ i_t (1 − i_t)         δf_pre = δc_t ⊙ c_{t−1} ⊙ f_t (1 − f_t)
///     δg_pre = δc_t ⊙ i_t ⊙ (1 − g_t²)            δo_pre = dh_t ⊙ tanh(c_t) ⊙ o_t (1 − o_t)
///
/// From δc_{t+1} to δc_t there is only an element-wise product with f_{t+1}, no matrix and no activation: while the forget
/// gate stays near 1, the gradient neither vanishes nor explodes.
///
/// Gate order i, f, g, o. The forget gate's bias starts at 1 (Jozefowicz et al. 2015).
///
/// ``LSTMForm`` selects the variants (Greff et al. 2015, arXiv 1503.04069):
///
///     peepholes            add p_i ⊙ c_{t−1} to i, p_f ⊙ c_{t−1} to f, p_o ⊙ c_t to o (Gers and Schmidhuber 2000)
///     coupled              i = 1 − f
///     a missing gate       is 1 and has no rows
///     no input activation  g is not squashed
///     no output activation h_t = o_t ⊙ c_t
///     normalised           h_t = o_t ⊙ tanh(γ ⊙ LN(c_t) + β), in a stack with layer normalisation (Ba et al. 2016)
///     capped               i = min(σ(…), 1 − f), in a stack that caps input gates (Melis et al. 2017, arXiv 1707.05589).
///                          Where i is 1 − f, δi_pre is 0 and δf_pre is δc_t ⊙ (c_{t−1} − g_t) ⊙ f_t (1 − f_t)
package struct LSTMCell: RecurrentCell {
    package let form: LSTMForm

    package init(form: LSTMForm = LSTMForm()) { self.form = form }

    package var name: String {
        var options: [String] = []
        let peepholes =
            (form.peepholeInput ? "i" : "") + (form.peepholeForget ? "f" : "") + (form.peepholeOutput ? "o" : "")
        if !peepholes.isEmpty { options.append(peepholes == allPeepholes ? "peephole" : "peephole-" + peepholes) }
        if form.inputGate == .coupled { options.append("coupled") }
        if form.inputGate == .open { options.append("no-input-gate") }
        if !form.hasForgetGate { options.append("no-forget-gate") }
        if !form.hasOutputGate { options.append("no-output-gate") }
        if !form.squashesInput { options.append("linear-input") }
        if !form.squashesOutput { options.append("linear-output") }
        return options.isEmpty ? "lstm" : "lstm:" + options.joined(separator: "+")
    }

    /// One peephole letter for each gate of the form.
    private var allPeepholes: String {
        (form.hasInputGate ? "i" : "") + (form.hasForgetGate ? "f" : "") + (form.hasOutputGate ? "o" : "")
    }

    package var gateNames: [String] {
        (form.hasInputGate ? ["i"] : []) + (form.hasForgetGate ? ["f"] : []) + ["g"]
            + (form.hasOutputGate ? ["o"] : [])
    }
    package var gateRoles: [GateRole] {
        (form.hasInputGate ? [.input] : [])
            + (form.hasForgetGate ? [form.inputGate == .coupled ? .coupledForget : .forget] : []) + [.candidate]
            + (form.hasOutputGate ? [.output] : [])
    }
    package var furtherVectors: [String] {
        (form.peepholeInput ? ["peephole_i"] : []) + (form.peepholeForget ? ["peephole_f"] : [])
            + (form.peepholeOutput ? ["peephole_o"] : []) + (form.normalises ? ["norm_cell", "norm_cell_bias"] : [])
    }
    package var auxiliaryCount: Int { 1 }
    package var savedCount: Int { 0 }
    package var biasCount: Int { gateCount }
    package var separatesRecurrentGradient: Bool { false }
    package var passesGradientDirectly: Bool { false }
    package var boundsHidden: Bool { form.squashesOutput }
    package var canProject: Bool { true }
    package var hasChronoBias: Bool { form.hasForgetGate }
    package var needsAllUnits: Bool { form.normalises }
    package func adapted(to options: LayerOptions) -> (any RecurrentCell)? {
        var changed = form
        changed.normalises = options.layerNorm
        if options.capsInputGate {
            guard form.hasInputGate && form.hasForgetGate else { return nil }
            changed.inputGate = .capped
        }
        return LSTMCell(form: changed)
    }

    package func initialInputBias(hiddenSize: Int, rememberedSteps: Int?, _ generator: inout SplitMix64) -> [Float] {
        var forget = [Float](repeating: 1, count: hiddenSize)
        if let rememberedSteps {
            forget = ChronoBias.values(hiddenSize: hiddenSize, rememberedSteps: rememberedSteps, &generator)
        }
        return gateNames.flatMap { gate in
            switch gate {
            case "f": forget
            case "i" where rememberedSteps != nil: forget.map { -$0 }
            default: [Float](repeating: 0, count: hiddenSize)
            }
        }
    }

    package func initialValue(ofVector name: String) -> Float { name == "norm_cell" ? 1 : 0 }

    /// The plain cell has its own loops, which read memory once.
    private var isPlain: Bool { form == LSTMForm() }

    package func forward(_ step: ForwardStep) {
        if isPlain {
            CellKernels.lstmForward(
                units: step.units, input: step.input, identifiers: step.identifiers, hiddenTerm: step.hiddenTerm,
                bias: step.vectors, cellBefore: step.auxiliaryBefore, gates: step.gates, cell: step.auxiliary,
                hidden: step.hidden, rounded: step.rounded)
        } else {
            form.forward(
                units: step.units, input: step.input, identifiers: step.identifiers, hiddenTerm: step.hiddenTerm,
                vectors: step.vectors, cellBefore: step.auxiliaryBefore, gates: step.gates, cell: step.auxiliary,
                hidden: step.hidden, rounded: step.rounded)
        }
    }

    package func backward(_ step: BackwardStep) {
        if isPlain {
            CellKernels.lstmBackward(
                above: step.above, hiddenGradient: step.hiddenGradient, cellGradient: step.auxiliaryGradient,
                cellBefore: step.auxiliaryBefore, cell: step.auxiliary, gates: step.gates, rounded: step.rounded,
                biasGradient: step.vectorGradient)
        } else {
            form.backward(
                above: step.above, hiddenGradient: step.hiddenGradient, cellGradient: step.auxiliaryGradient,
                cellBefore: step.auxiliaryBefore, cell: step.auxiliary, vectors: step.vectors, gates: step.gates,
                rounded: step.rounded, vectorGradient: step.vectorGradient, scratch: step.scratch)
        }
    }
}
