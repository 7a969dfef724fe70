package import RunicKernels

/// Minimal gated unit (Zhou et al. 2016, arXiv 1603.09420): one gate that both resets and updates.
///
///     f_t = σ(Wx_f x_t + Wh_f h_{t−1} + b_f)               forget gate: how much of the state is replaced
///     n_t = tanh(Wx_n x_t + Wh_n (f_t ⊙ h_{t−1}) + b_n)    candidate
///     h_t = (1 − f_t) ⊙ h_{t−1} + f_t ⊙ n_t                hidden state
///
/// b is b_ih + b_hh for both. Backward, dh_t the sum of the gradients from above and from step t+1:
///
///     δn_pre = dh_t ⊙ f_t ⊙ (1 − n_t²)            m = Wh_nᵀ δn_pre
///     δf_pre = (dh_t ⊙ (n_t − h_{t−1}) + m ⊙ h_{t−1}) ⊙ f_t (1 − f_t)
///     dh_{t−1} ∋ dh_t ⊙ (1 − f_t) + m ⊙ f_t       the terms that pass no further matrix
///
/// Gate order f, n; n is late. All biases start at 0.
package struct MinimalGatedCell: RecurrentCell {
    package init() {}

    package var name: String { "mgu" }
    package var gateNames: [String] { ["f", "n"] }
    package var gateRoles: [GateRole] { [.replacement, .candidate] }
    package var lateGateCount: Int { 1 }
    package var auxiliaryCount: Int { 0 }
    package var savedCount: Int { 0 }
    package var biasCount: Int { 2 }
    package var separatesRecurrentGradient: Bool { true }
    package var passesGradientDirectly: Bool { true }
    package var normalisationGroups: [Range<Int>] { [0..<1, 1..<2] }

    /// The state is kept by 1 − f, so the bias of f starts at −log u.
    package func initialInputBias(hiddenSize: Int, rememberedSteps: Int?, _ generator: inout SplitMix64) -> [Float] {
        let candidate = [Float](repeating: 0, count: hiddenSize)
        guard let rememberedSteps else { return candidate + candidate }
        return ChronoBias.values(hiddenSize: hiddenSize, rememberedSteps: rememberedSteps, &generator).map { -$0 }
            + candidate
    }

    package func forwardEarly(_ step: ForwardStep) {
        let forget = step.gate(0, of: step.gates)
        GateKernels.activate(
            .sigmoid, units: step.units, input: step.gate(0, of: step.input), identifiers: step.identifiers,
            term: step.hiddenTerm, bias: step.gate(0, of: step.vectors), to: forget)
        GateKernels.multiply(units: step.units, forget, step.hiddenBefore, to: step.mixed, rounded: nil)
    }

    package func forward(_ step: ForwardStep) {
        let candidate = step.gate(1, of: step.gates)
        GateKernels.activate(
            .tanh, units: step.units, input: step.gate(1, of: step.input), identifiers: step.identifiers,
            term: step.lateTerm, bias: step.gate(1, of: step.vectors), to: candidate)
        GateKernels.mix(
            units: step.units, keeps: false, gate: step.gate(0, of: step.gates), candidate: candidate,
            before: step.hiddenBefore, to: step.hidden, rounded: step.rounded)
    }

    package func backward(_ step: BackwardStep) {
        let candidate = step.gate(1, of: step.gates)
        GateKernels.mixBackward(
            keeps: false, above: step.above, hiddenGradient: step.hiddenGradient, gate: step.gate(0, of: step.gates),
            candidate: candidate, before: step.hiddenBefore, gateGradient: step.recurrentGates,
            candidateGradient: candidate)
        GateKernels.addRows(candidate, to: step.gate(1, of: step.vectorGradient))
    }

    package func backwardEarly(_ step: BackwardStep) {
        let forget = step.gate(0, of: step.gates)
        GateKernels.multiplyAdd(step.mixedGradient, step.hiddenBefore, to: step.recurrentGates)
        GateKernels.multiplyAdd(step.mixedGradient, forget, to: step.hiddenGradient)
        GateKernels.activateBackward(
            .sigmoid, gate: forget, gradient: step.recurrentGates, biasGradient: step.gate(0, of: step.vectorGradient))
    }
}
