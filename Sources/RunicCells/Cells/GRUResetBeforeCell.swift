package import RunicKernels

/// Gated recurrent unit as Cho et al. 2014 (arXiv 1406.1078) define it: the reset gate is applied before the product.
///
///     r_t = σ(Wx_r x_t + Wh_r h_{t−1} + b_r)               reset gate: how much of the past the candidate sees
///     z_t = σ(Wx_z x_t + Wh_z h_{t−1} + b_z)               update gate: how much of the old state stays
///     n_t = tanh(Wx_n x_t + Wh_n (r_t ⊙ h_{t−1}) + b_n)    candidate
///     h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_{t−1}                hidden state
///
/// b is b_ih + b_hh for every gate. Backward, dh_t the sum of the gradients from above and from step t+1:
///
///     δn_pre = dh_t ⊙ (1 − z_t) ⊙ (1 − n_t²)      δz_pre = dh_t ⊙ (h_{t−1} − n_t) ⊙ z_t (1 − z_t)
///     m      = Wh_nᵀ δn_pre                       δr_pre = m ⊙ h_{t−1} ⊙ r_t (1 − r_t)
///     dh_{t−1} ∋ dh_t ⊙ z_t + m ⊙ r_t             the terms that pass no further matrix
///
/// Gate order r, z, n; n is late. All biases start at 0.
package struct GRUResetBeforeCell: RecurrentCell {
    package init() {}

    package var name: String { "gru:reset-before" }
    package var gateNames: [String] { ["r", "z", "n"] }
    package var gateRoles: [GateRole] { [.reset, .update, .candidate] }
    package var lateGateCount: Int { 1 }
    package var auxiliaryCount: Int { 0 }
    package var savedCount: Int { 0 }
    package var biasCount: Int { 3 }
    package var separatesRecurrentGradient: Bool { true }
    package var passesGradientDirectly: Bool { true }
    package var normalisationGroups: [Range<Int>] { [0..<2, 2..<3] }

    package func initialInputBias(hiddenSize: Int, rememberedSteps: Int?, _ generator: inout SplitMix64) -> [Float] {
        GRUCell().initialInputBias(hiddenSize: hiddenSize, rememberedSteps: rememberedSteps, &generator)
    }

    package func forwardEarly(_ step: ForwardStep) {
        for gate in 0..<2 {
            GateKernels.activate(
                .sigmoid, units: step.units, input: step.gate(gate, of: step.input), identifiers: step.identifiers,
                term: step.gate(gate, of: step.hiddenTerm), bias: step.gate(gate, of: step.vectors),
                to: step.gate(gate, of: step.gates))
        }
        GateKernels.multiply(
            units: step.units, step.gate(0, of: step.gates), step.hiddenBefore, to: step.mixed, rounded: nil)
    }

    package func forward(_ step: ForwardStep) {
        let candidate = step.gate(2, of: step.gates)
        GateKernels.activate(
            .tanh, units: step.units, input: step.gate(2, of: step.input), identifiers: step.identifiers,
            term: step.lateTerm, bias: step.gate(2, of: step.vectors), to: candidate)
        GateKernels.mix(
            units: step.units, keeps: true, gate: step.gate(1, of: step.gates), candidate: candidate,
            before: step.hiddenBefore, to: step.hidden, rounded: step.rounded)
    }

    package func backward(_ step: BackwardStep) {
        let candidate = step.gate(2, of: step.gates)
        GateKernels.mixBackward(
            keeps: true, above: step.above, hiddenGradient: step.hiddenGradient, gate: step.gate(1, of: step.gates),
            candidate: candidate, before: step.hiddenBefore, gateGradient: step.gate(1, of: step.recurrentGates),
            candidateGradient: candidate)
        GateKernels.addRows(candidate, to: step.gate(2, of: step.vectorGradient))
    }

    package func backwardEarly(_ step: BackwardStep) {
        let (reset, resetGradient) = (step.gate(0, of: step.gates), step.gate(0, of: step.recurrentGates))
        GateKernels.multiply(
            units: 0..<reset.columns, step.mixedGradient, step.hiddenBefore, to: resetGradient, rounded: nil)
        GateKernels.multiplyAdd(step.mixedGradient, reset, to: step.hiddenGradient)
        for gate in 0..<2 {
            GateKernels.activateBackward(
                .sigmoid, gate: step.gate(gate, of: step.gates), gradient: step.gate(gate, of: step.recurrentGates),
                biasGradient: step.gate(gate, of: step.vectorGradient))
        }
    }
}
