internal import Foundation

/// How long units remember, from the means of the gate that keeps their state.
package enum UnitRetention {
    /// The number shown for a unit that never forgets.
    package static let longest = 1e6

    /// The symbols after which a unit that keeps a fraction f̄ of its state at each symbol has 1/e of it left: −1 / ln f̄.
    package static func symbols(kept mean: Double) -> Double {
        guard mean > 0 else { return 0 }
        return mean < 1 ? min(-1 / log(mean), longest) : longest
    }
}
