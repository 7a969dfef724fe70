/// One kind of values that every unit of a cell has at every symbol: a gate, or a state.
package struct ActivationSeries: Sendable, Hashable {
    /// Where the values stand in the model's state.
    package enum Place: Sendable, Hashable {
        /// The k-th gate of the cell.
        case gate(Int)
        /// The k-th state beside the hidden one.
        case auxiliary(Int)
        case hidden
    }

    /// What the mean of a gate says of how long a unit remembers.
    package enum Retention: Sendable {
        /// The gate is the part of the old state that stays.
        case kept
        /// The gate is the part of the old state that is replaced.
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
    ///   - cell: the cell's specification, such as `lstm:coupled`.
    ///   - gates: the letters of its gates.
    ///   - auxiliaries: how many states a unit has beside h.
    package static func all(cell: String, gates: [String], auxiliaries: Int) -> [ActivationSeries] {
        let family = CellFamily(cell: cell)
        var result: [ActivationSeries] = []
        // A vanilla cell's only "gate" is its hidden state.
        for (index, name) in gates.enumerated() where name != "h" {
            result.append(family.describe(name, .gate(index)))
        }
        for index in 0..<auxiliaries {
            result.append(family.describe(index == 0 ? "c" : "s\(index)", .auxiliary(index)))
        }
        result.append(family.describe("h", .hidden))
        return result
    }
}
