internal import Foundation

/// Figures as a reader wants them, the same in every locale.
enum FigureText {
    /// Where there is no figure.
    static let none = "–"

    /// A value with a fixed number of decimals.
    static func fixed(_ value: Double, decimals: Int) -> String {
        String(format: "%.\(decimals)f", value)
    }

    /// As many decimals as an uncertainty justifies: two of its digits are shown.
    ///
    /// - Parameter usual: the decimals where the uncertainty is zero.
    /// - Returns: 0 to 6.
    static func decimals(uncertainty: Double, usual: Int = 4) -> Int {
        guard uncertainty > 0 && uncertainty.isFinite else { return usual }
        return min(max(1 - Int(log10(uncertainty).rounded(.down)), 0), 6)
    }

    /// Mean and deviation with as many decimals as the deviation justifies.
    ///
    /// - Parameter usual: the decimals where there is no deviation, or none above zero.
    static func spread(_ spread: Spread?, usual: Int) -> (mean: String, deviation: String) {
        guard let spread else { return (none, "") }
        guard let deviation = spread.deviation else { return (fixed(spread.mean, decimals: usual), "") }
        let decimals = decimals(uncertainty: deviation, usual: usual)
        return (fixed(spread.mean, decimals: decimals), "±" + fixed(deviation, decimals: decimals))
    }
}
