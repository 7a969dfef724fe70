internal import RunicKernels

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
/// Backward, with δ the gradient of the loss and dh_t the sum of what comes from above and from step t+1:
///
///     δc_t   = δc_{t+1} ⊙ f_{t+1} + dh_t ⊙ o_t ⊙ (1 − tanh²(c_t))
///     δi_pre = δc_t ⊙ g_t ⊙ i_t (1 − i_t)         δf_pre = δc_t ⊙ c_{t−1} ⊙ f_t (1 − f_t)
///     δg_pre = δc_t ⊙ i_t ⊙ (1 − g_t²)            δo_pre = dh_t ⊙ tanh(c_t) ⊙ o_t (1 − o_t)
///
/// The way from δc_{t+1} to δc_t is one product with f_{t+1} and passes no matrix and no squashing: where the forget
/// gate stays near 1, the gradient neither vanishes nor explodes.
///
/// Gate order i, f, g, o. The forget gate's bias starts at 1 (Jozefowicz et al. 2015).
package struct LSTMCell: RecurrentCell {
    package init() {}

    package var name: String { "lstm" }
    package var gateNames: [String] { ["i", "f", "g", "o"] }
    package var auxiliaryCount: Int { 1 }
    package var savedCount: Int { 0 }
    package var biasCount: Int { 4 }
    package var separatesRecurrentGradient: Bool { false }
    package var passesGradientDirectly: Bool { false }

    package func initialInputBias(hiddenSize: Int) -> [Float] {
        [0, 1, 0, 0].flatMap { [Float](repeating: $0, count: hiddenSize) }
    }

    package func forward(_ step: ForwardStep) {
        CellKernels.lstmForward(
            units: step.units, input: step.input, identifiers: step.identifiers, hiddenPart: step.hiddenPart,
            bias: step.bias,
            cellBefore: step.auxiliaryBefore, gates: step.gates, cell: step.auxiliary, hidden: step.hidden,
            rounded: step.rounded)
    }

    package func backward(_ step: BackwardStep) {
        CellKernels.lstmBackward(
            above: step.above, hiddenGradient: step.hiddenGradient, cellGradient: step.auxiliaryGradient,
            cellBefore: step.auxiliaryBefore, cell: step.auxiliary, gates: step.gates, rounded: step.rounded,
            biasGradient: step.biasGradient)
    }
}
