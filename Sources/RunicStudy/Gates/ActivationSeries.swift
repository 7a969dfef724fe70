package import RunicCells

/// A value that every unit of a cell has at every symbol: a gate, or a state.
package struct ActivationSeries: Sendable, Hashable {
    /// Where the values are in the model's state.
    package enum Place: Sendable, Hashable {
        /// The k-th gate of the cell.
        case gate(Int)
        /// The k-th state in addition to the hidden one.
        case auxiliary(Int)
        case hidden
    }

    /// What the mean of a gate says about how long a unit remembers.
    package enum Retention: Sendable {
        /// The gate is the fraction of the old state that stays.
        case kept
        /// The gate is the fraction of the old state that is replaced.
        case replaced
    }

    /// The letter in the cell's equations.
    package let name: String
    package let place: Place
    /// What it is called on the page.
    package let title: String
    /// What it does, in a sentence.
    package let explanation: String
    /// Whether it is a sigmoid, from 0 to 1.
    package let isGate: Bool
    package let retention: Retention?

    /// The series of a cell, its gates first, the hidden state last.
    ///
    /// - Parameters:
    ///   - gates: the letters of its gates.
    ///   - roles: what each of these gates does.
    ///   - auxiliaries: how many states a unit has in addition to h.
    package static func all(gates: [String], roles: [GateRole], auxiliaries: Int) -> [ActivationSeries] {
        var result: [ActivationSeries] = []
        for (index, (name, role)) in zip(gates, roles).enumerated() where role != .hidden {
            let (title, explanation) =
                role.words(hasCellState: auxiliaries > 0) ?? (name, "a value of the cell called \(name)")
            result.append(
                ActivationSeries(
                    name: name, place: .gate(index), title: title, explanation: explanation, isGate: role.isSigmoid,
                    retention: role.retention))
        }
        for index in 0..<auxiliaries {
            result.append(
                index == 0
                    ? state(
                        "c", .auxiliary(0), "cell state", "the unit's state: what it kept, and what was written")
                    : state("s\(index)", .auxiliary(index), "s\(index)", "a value of the cell called s\(index)"))
        }
        result.append(
            state("h", .hidden, "hidden state", "what the unit shows to the next symbol and to the layer above"))
        return result
    }

    private static func state(
        _ name: String, _ place: Place, _ title: String, _ explanation: String
    ) -> ActivationSeries {
        ActivationSeries(
            name: name, place: place, title: title, explanation: explanation, isGate: false, retention: nil)
    }
}
