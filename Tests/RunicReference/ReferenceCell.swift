/// The cells that the reference knows, by the names that Runic gives them.
package enum ReferenceCell: String, Sendable, CaseIterable {
    case rnn, lstm, gru

    /// Rows of gates per hidden unit.
    package var gateCount: Int {
        switch self {
        case .rnn: 1
        case .lstm: 4
        case .gru: 3
        }
    }
}
