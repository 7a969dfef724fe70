internal import Foundation

/// How the values of one series are distributed in one layer, counted symbol by symbol.
package struct ActivationCounts: Sendable {
    /// The bins from −5 to 5, each 0.01 wide; the outermost bins take the values beyond.
    package static let bins = 1000
    private static let reach: Float = 5

    private let units: Int
    private var symbols = 0
    private var histogram: [Int]
    private var below, low, high: [Int]
    private var sums: [Double]
    private var least: Float = .infinity
    private var greatest: Float = -.infinity

    package init(units: Int) {
        self.units = units
        histogram = [Int](repeating: 0, count: Self.bins)
        below = [Int](repeating: 0, count: units)
        low = below
        high = below
        sums = [Double](repeating: 0, count: units)
    }

    /// Takes the values of one symbol, (H).
    package mutating func add(_ values: ArraySlice<Float>) {
        symbols += 1
        for (unit, value) in values.enumerated() {
            let place = (value + Self.reach) / (2 * Self.reach) * Float(Self.bins)
            histogram[min(max(Int(min(max(place, 0), Float(Self.bins))), 0), Self.bins - 1)] += 1
            if value < -0.9 { below[unit] += 1 }
            if value < 0.1 { low[unit] += 1 }
            if value > 0.9 { high[unit] += 1 }
            sums[unit] += Double(value)
            least = min(least, value)
            greatest = max(greatest, value)
        }
    }

    /// The range that fits the values, once they are counted: that of a gate, of a tanh, or a wider one.
    ///
    /// - Parameter isGate: whether the cell says that it is a gate.
    package func range(isGate: Bool) -> ActivationRange {
        if isGate || (least >= 0 && greatest <= 1 && symbols > 0) { return .gate }
        return max(abs(least), abs(greatest)) <= 1 ? .bounded : .unbounded
    }

    /// The fractions of all values in 20 bins of a gate, or 40 of other ranges, from left to right; the outermost bins
    /// include the values beyond.
    package func fractions(_ range: ActivationRange) -> [Double] {
        let (first, count, width) = range.bins
        let total = Double(max(symbols * units, 1))
        return (0..<count).map { bin in
            let start = bin == 0 ? 0 : first + bin * width
            let end = bin == count - 1 ? Self.bins : first + (bin + 1) * width
            return Double(histogram[start..<end].reduce(0, +)) / total
        }
    }

    /// The fraction of symbols at which each unit is saturated at the lower end: below 0.1 for a gate, else below −0.9.
    package func saturatedLow(_ range: ActivationRange) -> [Double] {
        (range == .gate ? low : below).map { Double($0) / Double(max(symbols, 1)) }
    }

    /// The fraction of symbols at which each unit is above 0.9.
    package var saturatedHigh: [Double] { high.map { Double($0) / Double(max(symbols, 1)) } }

    /// The mean of each unit.
    package var means: [Double] { sums.map { $0 / Double(max(symbols, 1)) } }
}
