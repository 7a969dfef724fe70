internal import RunicDisplay

/// Mean and standard deviation of a few values.
public struct Spread: Sendable, Hashable, Codable {
    /// The arithmetic mean.
    public let mean: Double
    /// The sample standard deviation (divisor n − 1); nil for one value.
    public let deviation: Double?
    /// The number of values.
    public let count: Int

    /// The spread of some values.
    ///
    /// - Returns: nil if there are no values.
    public init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        self.mean = mean
        count = values.count
        guard count > 1 else {
            deviation = nil
            return
        }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        deviation = (squares / Double(count - 1)).squareRoot()
    }
}

extension Optional where Wrapped == Spread {
    /// Mean and deviation with as many decimals as the deviation justifies.
    ///
    /// - Parameter usual: the decimals if there is no deviation above zero.
    package func text(usual: Int) -> (mean: String, deviation: String) {
        guard let spread = self else { return (NumberFormat.missing, "") }
        guard let deviation = spread.deviation else { return (NumberFormat.figure(spread.mean, usual), "") }
        let decimals = NumberFormat.decimals(uncertainty: deviation, usual: usual)
        return (NumberFormat.figure(spread.mean, decimals), "±" + NumberFormat.figure(deviation, decimals))
    }
}
