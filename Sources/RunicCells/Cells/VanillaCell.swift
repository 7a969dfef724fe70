internal import RunicKernels

/// The vanilla recurrent network (Elman 1990, doi:10.1207/s15516709cog1402_1) with tanh or relu, as PyTorch's `RNN`.
///
///     h_t = tanh(Wx x_t + b_ih + Wh h_{t−1} + b_hh)
///
/// Backward: δ_pre = dh_t ⊙ (1 − h_t²). Every step backward multiplies by Whᵀ and by a factor of at most 1, so the
/// gradient vanishes or explodes over long lags (Bengio, Simard and Frasconi 1994, doi:10.1109/72.279181).
/// With relu, max(0, ·) replaces tanh, the factor is 0 or 1, and h has no bound.
package struct VanillaCell: RecurrentCell {
    /// Whether relu replaces tanh.
    package let rectifies: Bool

    package init(rectifies: Bool = false) { self.rectifies = rectifies }

    package var name: String { rectifies ? "rnn:relu" : "rnn" }
    package var gateNames: [String] { ["h"] }
    package var gateRoles: [GateRole] { [.hidden] }
    package var auxiliaryCount: Int { 0 }
    package var savedCount: Int { 0 }
    package var biasCount: Int { 1 }
    package var separatesRecurrentGradient: Bool { false }
    package var passesGradientDirectly: Bool { false }
    package var boundsHidden: Bool { !rectifies }
    package var hasChronoBias: Bool { false }

    package func forward(_ step: ForwardStep) {
        CellKernels.vanillaForward(
            rectifies: rectifies, units: step.units, input: step.input, identifiers: step.identifiers,
            hiddenTerm: step.hiddenTerm, bias: step.vectors, gates: step.gates, hidden: step.hidden,
            rounded: step.rounded)
    }

    package func backward(_ step: BackwardStep) {
        CellKernels.vanillaBackward(
            rectifies: rectifies, above: step.above, hiddenGradient: step.hiddenGradient, gates: step.gates,
            rounded: step.rounded, biasGradient: step.vectorGradient)
    }
}
