internal import Foundation

/// Figures as a reader wants them, the same in every locale.
enum FigureText {
    /// Where there is no figure.
    static let none = "–"

    /// A value with a fixed number of decimals.
    static func fixed(_ value: Double, decimals: Int) -> String {
        String(format: "%.\(decimals)f", value)
    }

    /// As many decimals as an uncertainty justifies: two of its digits are shown, one where the first is above 2.
    ///
    /// - Returns: 0 to `most`; `most` where the uncertainty is zero.
    static func decimals(uncertainty: Double, most: Int = 6) -> Int {
        guard uncertainty > 0 && uncertainty.isFinite else { return most }
        let exponent = Int(log10(uncertainty).rounded(.down))
        let first = uncertainty / pow(10, Double(exponent))
        return min(max((first < 3 ? 1 : 0) - exponent, 0), most)
    }

    /// Mean and deviation with as many decimals as the deviation justifies.
    ///
    /// - Parameter usual: the decimals where there is no deviation.
    static func spread(_ spread: Spread?, usual: Int) -> (mean: String, deviation: String) {
        guard let spread else { return (none, "") }
        guard let deviation = spread.deviation else { return (fixed(spread.mean, decimals: usual), "") }
        let decimals = decimals(uncertainty: deviation)
        return (fixed(spread.mean, decimals: decimals), "±" + fixed(deviation, decimals: decimals))
    }
}
