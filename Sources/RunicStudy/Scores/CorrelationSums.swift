/// Sums from which the correlation of each of U units with each of F features follows.
///
///     r = (Σ x y − Σx Σy / n) / √((Σx² − (Σx)²/n) (Σy² − (Σy)²/n))        Pearson
///
/// For a feature of zeros and ones that is the point-biserial correlation.
package struct CorrelationSums: Sendable {
    package let units: Int
    package let features: Int
    package private(set) var count = 0
    private var unitSums, unitSquares: [Double]
    private var featureSums, featureSquares: [Double]
    /// (F, U), row-major.
    private var products: [Double]

    package init(units: Int, features: Int) {
        self.units = units
        self.features = features
        unitSums = [Double](repeating: 0, count: units)
        unitSquares = unitSums
        featureSums = [Double](repeating: 0, count: features)
        featureSquares = featureSums
        products = [Double](repeating: 0, count: units * features)
    }

    /// Takes one symbol: the activations (U) and the features (F).
    ///
    /// - Complexity: U multiply-adds for each feature that is not 0.
    package mutating func add(_ activations: ArraySlice<Float>, features row: ArraySlice<Float>) {
        precondition(
            activations.count == units && row.count == features,
            "\(activations.count) units and \(row.count) features for \(units) and \(features)")
        count += 1
        let x = activations.map(Double.init)
        for unit in 0..<units {
            unitSums[unit] += x[unit]
            unitSquares[unit] += x[unit] * x[unit]
        }
        for (feature, value) in row.enumerated() where value != 0 {
            let y = Double(value)
            featureSums[feature] += y
            featureSquares[feature] += y * y
            let start = feature * units
            for unit in 0..<units { products[start + unit] += x[unit] * y }
        }
    }

    /// Adds another's sums.
    package mutating func add(_ other: CorrelationSums) {
        precondition(other.units == units && other.features == features, "sums of other sizes")
        count += other.count
        func join(_ left: inout [Double], _ right: [Double]) {
            for index in left.indices { left[index] += right[index] }
        }
        join(&unitSums, other.unitSums)
        join(&unitSquares, other.unitSquares)
        join(&featureSums, other.featureSums)
        join(&featureSquares, other.featureSquares)
        join(&products, other.products)
    }

    /// r of a unit and a feature, or nil where one of the two does not vary.
    package func correlation(unit: Int, feature: Int) -> Double? {
        let n = Double(max(count, 1))
        // The difference of two nearly equal sums is rounding.
        func variance(_ square: Double, _ sum: Double) -> Double? {
            let variance = square - sum * sum / n
            return variance > square * 1e-12 && variance > 0 ? variance : nil
        }
        guard let vx = variance(unitSquares[unit], unitSums[unit]),
            let vy = variance(featureSquares[feature], featureSums[feature])
        else { return nil }
        let covariance = products[feature * units + unit] - unitSums[unit] * featureSums[feature] / n
        return max(-1, min(1, covariance / (vx * vy).squareRoot()))
    }
}
