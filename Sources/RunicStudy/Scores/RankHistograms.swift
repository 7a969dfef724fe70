/// Counts from which the area under the ROC curve of each of U units for each of F features follows: the probability
/// that the unit is higher at a symbol that has the feature than at one that has not, ties counted half.
///
/// Activations are counted in 512 bins of x / (1 + |x|), which keeps their order; two in one bin are a tie.
package struct RankHistograms: Sendable {
    package static let bins = 512

    package let units: Int
    package let features: Int
    private var count = 0
    private var positives: [Int]
    /// (U, bins), row-major.
    private var all: [UInt32]
    /// (F, U, bins), row-major: symbols with the feature.
    private var having: [UInt32]

    package init(units: Int, features: Int) {
        self.units = units
        self.features = features
        positives = [Int](repeating: 0, count: features)
        all = [UInt32](repeating: 0, count: units * Self.bins)
        having = [UInt32](repeating: 0, count: features * units * Self.bins)
    }

    /// Takes one symbol: the activations (U) and the numbers of the features that it has.
    package mutating func add(_ activations: ArraySlice<Float>, having present: [Int]) {
        precondition(activations.count == units, "\(activations.count) activations of \(units) units")
        count += 1
        let places = activations.enumerated().map { $0.offset * Self.bins + Self.bin(of: $0.element) }
        for place in places { all[place] &+= 1 }
        for feature in present {
            positives[feature] += 1
            let start = feature * units * Self.bins
            for place in places { having[start + place] &+= 1 }
        }
    }

    /// The area of a unit and a feature; nil where all symbols have the feature, or none.
    package func area(unit: Int, feature: Int) -> Double? {
        let (P, N) = (positives[feature], count - positives[feature])
        guard P > 0 && N > 0 else { return nil }
        let start = unit * Self.bins
        let haveStart = feature * units * Self.bins + start
        var lower = 0.0
        var won = 0.0
        for bin in 0..<Self.bins {
            let with = Double(having[haveStart + bin])
            let without = Double(all[start + bin]) - with
            won += with * (lower + without / 2)
            lower += without
        }
        return won / (Double(P) * Double(N))
    }

    static func bin(of value: Float) -> Int {
        let place = value / (1 + abs(value))
        return min(max(Int((place + 1) / 2 * Float(bins)), 0), bins - 1)
    }
}
