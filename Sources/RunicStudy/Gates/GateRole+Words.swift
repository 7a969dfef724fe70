internal import RunicCells

extension GateRole {
    /// The gate's title and explanation; nil where only the cell knows.
    ///
    /// - Parameter hasCellState: whether the cell has a state in addition to the hidden one.
    func words(hasCellState: Bool) -> (title: String, explanation: String)? {
        switch self {
        case .input: ("input gate", "how much of the candidate is written into the cell state")
        case .forget: ("forget gate", "how much of the old cell state stays: 1 keeps all of it, 0 wipes it out")
        case .coupledForget:
            ("forget gate", "how much of the old cell state stays; 1 − f of the candidate is written")
        case .replacement:
            ("forget gate", "how much of the state is replaced, and how much of it the candidate sees")
        case .reset: ("reset gate", "how much of the past the candidate sees")
        case .update:
            ("update gate", "how much of the old hidden state stays: 1 keeps all of it, 0 replaces it")
        case .output: ("output gate", "how much of the cell state is shown as hidden state")
        case .candidate where hasCellState:
            ("candidate", "what would be written into the cell state, with its sign")
        case .candidate: ("candidate", "what the hidden state would become, with its sign")
        case .hidden, .other: nil
        }
    }

    /// What the gate's mean says about how long a unit remembers.
    var retention: ActivationSeries.Retention? {
        switch self {
        case .forget, .coupledForget, .update: .kept
        case .replacement: .replaced
        case .input, .reset, .output, .candidate, .hidden, .other: nil
        }
    }
}
