/// What a gate does in its cell, for programs that explain a model.
package enum GateRole: Sendable, Hashable {
    /// How much of the candidate is written.
    case input
    /// How much of the old cell state stays.
    case forget
    /// A forget gate f whose cell writes 1 − f of the candidate.
    case coupledForget
    /// How much of the old state is replaced, and how much of it the candidate sees.
    case replacement
    /// How much of the past the candidate sees.
    case reset
    /// How much of the old hidden state stays.
    case update
    /// How much of the cell state is shown as hidden state.
    case output
    /// What would be written, with its sign.
    case candidate
    /// The hidden state itself.
    case hidden
    case other

    /// Whether the gate's values are those of a sigmoid, from 0 to 1.
    package var isSigmoid: Bool {
        switch self {
        case .input, .forget, .coupledForget, .replacement, .reset, .update, .output: true
        case .candidate, .hidden, .other: false
        }
    }
}
