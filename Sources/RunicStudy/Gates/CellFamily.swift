/// The words for a cell's letters: the same letter says different things in different cells.
enum CellFamily {
    case lstm, coupledLSTM, gru, minimal, vanilla, other

    /// - Parameter cell: the cell's specification, such as `lstm:coupled`.
    init(cell: String) {
        let parts = cell.split(separator: ":", maxSplits: 1)
        let options = parts.dropFirst().flatMap { $0.split(separator: "+") }
        switch parts.first.map(String.init) ?? "" {
        case "lstm": self = options.contains("coupled") ? .coupledLSTM : .lstm
        case "peephole": self = .lstm
        case "coupled": self = .coupledLSTM
        case "gru": self = .gru
        case "mgu": self = .minimal
        case "rnn": self = .vanilla
        default: self = .other
        }
    }

    func describe(_ name: String, _ place: ActivationSeries.Place) -> ActivationSeries {
        let (title, explanation) = words(name) ?? ("\(name)", "a value of the cell called \(name)")
        return ActivationSeries(
            name: name, place: place, title: title, explanation: explanation, isGate: isGate(name),
            retention: retention(name))
    }

    private func isGate(_ name: String) -> Bool {
        switch self {
        case .lstm, .coupledLSTM: ["i", "f", "o"].contains(name)
        case .gru: ["r", "z"].contains(name)
        case .minimal: name == "f"
        case .vanilla, .other: false
        }
    }

    private func retention(_ name: String) -> ActivationSeries.Retention? {
        switch (self, name) {
        case (.lstm, "f"), (.coupledLSTM, "f"), (.gru, "z"): .kept
        case (.minimal, "f"): .replaced
        default: nil
        }
    }

    private func words(_ name: String) -> (title: String, explanation: String)? {
        switch (self, name) {
        case (_, "h"): ("hidden state", "what the unit shows to the next symbol and to the layer above")
        case (.coupledLSTM, "f"):
            ("forget gate", "how much of the old cell state stays; 1 − f of the candidate is written")
        case (.minimal, "f"):
            ("forget gate", "how much of the state is replaced, and how much of it the candidate sees")
        case (_, "i"): ("input gate", "how much of the candidate is written into the cell state")
        case (_, "f"): ("forget gate", "how much of the old cell state stays: 1 keeps all of it, 0 wipes it out")
        case (_, "g"): ("candidate", "what would be written into the cell state, with its sign")
        case (_, "o"): ("output gate", "how much of the cell state is shown as hidden state")
        case (_, "c"): ("cell state", "the unit's memory: what stayed of it, and what was written")
        case (_, "r"): ("reset gate", "how much of the past the candidate sees")
        case (_, "z"): ("update gate", "how much of the old hidden state stays: 1 keeps all of it, 0 replaces it")
        case (_, "n"): ("candidate", "what the hidden state would become, with its sign")
        default: nil
        }
    }
}
