/// The differences of an LSTM from the plain one.
struct ReferenceLSTMOptions: Hashable, Sendable {
    enum Gate: String, Hashable, Sendable, CaseIterable {
        case input = "i"
        case forget = "f"
        case candidate = "g"
        case output = "o"
    }

    /// The gates that have rows, in the order of their rows.
    private(set) var gates = Gate.allCases
    /// The gates that see the cell.
    private(set) var peepholes: Set<Gate> = []
    /// Whether i = 1 − f.
    private(set) var coupled = false
    /// Whether g is a itself, not tanh(a).
    private(set) var linearInput = false
    /// Whether h = o ⊙ c, not o ⊙ tanh(c).
    private(set) var linearOutput = false

    /// Options by their names; nil for a name that is none, one that comes twice, and options that exclude each other.
    ///
    /// A peephole of a gate that has no rows is no peephole.
    init?(_ names: [String]) {
        var missing: [Gate] = []
        for name in names {
            switch name {
            case "coupled": (coupled, missing) = (true, missing + [.input])
            case "no-input-gate": missing.append(.input)
            case "no-forget-gate": missing.append(.forget)
            case "no-output-gate": missing.append(.output)
            case "linear-input": linearInput = true
            case "linear-output": linearOutput = true
            case "peephole": peepholes = [.input, .forget, .output]
            case _ where name.hasPrefix("peephole-"):
                let letters = name.dropFirst("peephole-".count)
                let known: [Character: Gate] = ["i": .input, "f": .forget, "o": .output]
                peepholes = Set(letters.compactMap { known[$0] })
                guard !letters.isEmpty, peepholes.count == letters.count else { return nil }
            default: return nil
            }
        }
        let kinds = names.map { $0.hasPrefix("peephole") ? "peephole" : $0 }
        guard Set(kinds).count == kinds.count, Set(missing).count == missing.count else { return nil }
        guard !(coupled && missing.contains(.forget)) else { return nil }
        gates.removeAll { missing.contains($0) }
        peepholes.subtract(missing)
    }
}
