package import RunicKernels

/// Gated recurrent unit (Cho et al. 2014, arXiv 1406.1078), with the reset gate applied after the product, as PyTorch
/// and cuDNN define it.
///
///     r_t = σ(Wx_r x_t + b_ir + Wh_r h_{t−1} + b_hr)           reset gate: how much of the past the candidate sees
///     z_t = σ(Wx_z x_t + b_iz + Wh_z h_{t−1} + b_hz)           update gate: how much of the old state stays
///     n_t = tanh(Wx_n x_t + b_in + r_t ⊙ (Wh_n h_{t−1} + b_hn))  candidate
///     h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_{t−1}                    hidden state
///
/// Backward, dh_t the sum of the gradients from above and from step t+1, q_t = Wh_n h_{t−1} + b_hn:
///
///     δn_pre = dh_t ⊙ (1 − z_t) ⊙ (1 − n_t²)      δz_pre = dh_t ⊙ (h_{t−1} − n_t) ⊙ z_t (1 − z_t)
///     δr_pre = δn_pre ⊙ q_t ⊙ r_t (1 − r_t)       δq_t = δn_pre ⊙ r_t
///     dh_{t−1} ∋ dh_t ⊙ z_t                       the term that passes no matrix, as in an LSTM's cell state
///
/// Gate order r, z, n. All biases start at 0. Cho et al. apply r before the product: see ``GRUResetBeforeCell``. This
/// form needs only one product per step.
package struct GRUCell: RecurrentCell {
    package init() {}

    package var name: String { "gru" }
    package var gateNames: [String] { ["r", "z", "n"] }
    package var gateRoles: [GateRole] { [.reset, .update, .candidate] }
    package var auxiliaryCount: Int { 0 }
    package var savedCount: Int { 1 }
    package var biasCount: Int { 4 }
    package var separatesRecurrentGradient: Bool { true }
    package var passesGradientDirectly: Bool { true }
    package var normalisationGroups: [Range<Int>] { [0..<2, 2..<3] }

    package func initialInputBias(hiddenSize: Int, rememberedSteps: Int?, _ generator: inout SplitMix64) -> [Float] {
        var bias = [Float](repeating: 0, count: 3 * hiddenSize)
        guard let rememberedSteps else { return bias }
        bias.replaceSubrange(
            hiddenSize..<(2 * hiddenSize),
            with: ChronoBias.values(hiddenSize: hiddenSize, rememberedSteps: rememberedSteps, &generator))
        return bias
    }

    package func combineBiases(input: Block<Float>, hidden: Block<Float>, into bias: Block<Float>) {
        let H = input.count / 3
        let shared = bias.columns(0..<(2 * H))
        shared.assign(from: input.columns(0..<(2 * H)))
        ElementWise.add(hidden.columns(0..<(2 * H)), to: shared)
        bias.columns((2 * H)..<(3 * H)).assign(from: hidden.columns((2 * H)..<(3 * H)))
        bias.columns((3 * H)..<(4 * H)).assign(from: input.columns((2 * H)..<(3 * H)))
    }

    package func splitBiasGradient(_ gradient: Block<Float>, input: Block<Float>, hidden: Block<Float>) {
        let H = input.count / 3
        hidden.assign(from: gradient.columns(0..<(3 * H)))
        input.columns(0..<(2 * H)).assign(from: gradient.columns(0..<(2 * H)))
        input.columns((2 * H)..<(3 * H)).assign(from: gradient.columns((3 * H)..<(4 * H)))
    }

    package func forward(_ step: ForwardStep) {
        CellKernels.gruForward(
            units: step.units, input: step.input, identifiers: step.identifiers, hiddenTerm: step.hiddenTerm,
            bias: step.vectors, hiddenBefore: step.hiddenBefore, gates: step.gates, recurrentNew: step.saved,
            hidden: step.hidden,
            rounded: step.rounded)
    }

    package func backward(_ step: BackwardStep) {
        CellKernels.gruBackward(
            above: step.above, hiddenGradient: step.hiddenGradient, hiddenBefore: step.hiddenBefore,
            recurrentNew: step.saved, gates: step.gates, rounded: step.rounded, recurrentGates: step.recurrentGates,
            recurrentRounded: step.recurrentRounded, biasGradient: step.vectorGradient)
    }
}
