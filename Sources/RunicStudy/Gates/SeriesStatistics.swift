/// The statistics of one series in one layer over the measured text.
package struct SeriesStatistics: Sendable {
    package let range: ActivationRange
    /// The fractions of all values in equal bins over the range.
    package let fractions: [Double]
    /// The fraction of symbols at which each unit is saturated, as Karpathy, Johnson and Li (2015, arXiv 1506.02078) count
    /// it: below 0.1 for a gate (other ranges: below −0.9), and above 0.9.
    package let low, high: [Double]
    /// The mean of each unit.
    package let means: [Double]

    init(_ counts: ActivationCounts, isGate: Bool) {
        range = counts.range(isGate: isGate)
        fractions = counts.fractions(range)
        low = counts.saturatedLow(range)
        high = counts.saturatedHigh
        means = counts.means
    }

    /// The fraction of all values of the layer that are saturated at the lower, and at the upper end.
    package var saturated: (low: Double, high: Double) {
        let count = Double(max(low.count, 1))
        return (low.reduce(0, +) / count, high.reduce(0, +) / count)
    }
}
