/// The range of a series.
package enum ActivationRange: String, Sendable, Encodable {
    /// 0 to 1.
    case gate
    /// −1 to 1.
    case bounded
    /// Anything; shown from −5 to 5.
    case unbounded

    /// The ends that are shown.
    package var ends: [Double] {
        switch self {
        case .gate: [0, 1]
        case .bounded: [-1, 1]
        case .unbounded: [-5, 5]
        }
    }

    /// How the fine bins of ``ActivationCounts`` make shown ones: the first fine bin, the shown bins, and fine bins in each.
    var bins: (first: Int, count: Int, width: Int) {
        switch self {
        case .gate: (500, 20, 5)
        case .bounded: (400, 40, 5)
        case .unbounded: (0, 40, 25)
        }
    }
}
