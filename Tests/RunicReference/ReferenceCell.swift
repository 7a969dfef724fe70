/// A cell by its specification, `NAME[:option[+option…]]`, as Runic writes it.
///
/// A string literal makes the cell it names: `let cell: ReferenceCell = "lstm:peephole-if+linear-output"`.
package struct ReferenceCell: RawRepresentable, Hashable, Sendable {
    enum Family: Hashable, Sendable {
        case rnn(rectifies: Bool)
        case lstm(ReferenceLSTMOptions)
        case gru(resetsBefore: Bool)
        case mgu
    }

    package let rawValue: String
    let family: Family

    package init?(rawValue: String) {
        let parts = rawValue.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let options = parts.count < 2 ? [] : parts[1].split(separator: "+", omittingEmptySubsequences: false)
        switch (String(parts[0]), options.map { String($0) }) {
        case ("rnn", []): family = .rnn(rectifies: false)
        case ("rnn", ["relu"]): family = .rnn(rectifies: true)
        case ("gru", []): family = .gru(resetsBefore: false)
        case ("gru", ["reset-before"]): family = .gru(resetsBefore: true)
        case ("mgu", []): family = .mgu
        case ("peephole", []), ("coupled", []):
            guard let parsed = ReferenceLSTMOptions([rawValue]) else { return nil }
            family = .lstm(parsed)
        case ("lstm", let names):
            guard let parsed = ReferenceLSTMOptions(names) else { return nil }
            family = .lstm(parsed)
        default: return nil
        }
        self.rawValue = rawValue
    }

    package static let rnn: ReferenceCell = "rnn"
    package static let lstm: ReferenceCell = "lstm"
    package static let gru: ReferenceCell = "gru"

    /// The three that PyTorch has under these names.
    package static let plain: [ReferenceCell] = [rnn, lstm, gru]

    /// The other cells, with every option alone and some together.
    package static let variants: [ReferenceCell] = [
        "rnn:relu", "gru:reset-before", "mgu", "peephole", "lstm:peephole-i", "lstm:peephole-f", "lstm:peephole-o",
        "lstm:peephole-if", "lstm:peephole-io", "lstm:peephole-fo", "coupled", "lstm:peephole+coupled",
        "lstm:no-input-gate", "lstm:no-forget-gate", "lstm:no-output-gate", "lstm:linear-input", "lstm:linear-output",
        "lstm:peephole-fo+no-input-gate+linear-output", "lstm:coupled+no-output-gate+linear-input",
        "lstm:no-input-gate+no-forget-gate+no-output-gate",
    ]

    /// Whether there is a cell state c in addition to the hidden state h.
    package var hasCellState: Bool {
        if case .lstm = family { true } else { false }
    }

    /// Rows of gates per hidden unit.
    package var gateCount: Int {
        switch family {
        case .rnn: 1
        case .lstm(let options): options.gates.count
        case .gru: 3
        case .mgu: 2
        }
    }
}

extension ReferenceCell: ExpressibleByStringLiteral, CustomStringConvertible {
    package init(stringLiteral value: String) {
        guard let cell = ReferenceCell(rawValue: value) else { preconditionFailure("no cell is called \(value)") }
        self = cell
    }

    package var description: String { rawValue }
}
