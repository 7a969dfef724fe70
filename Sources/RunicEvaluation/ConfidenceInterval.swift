/// A mean and its 95 % confidence interval, by Student's t.
public struct ConfidenceInterval: Sendable, Hashable, Codable {
    /// The mean of the samples.
    public let mean: Double
    /// The standard error of the mean.
    public let standardError: Double
    /// The degrees of freedom of Student's t.
    public let degreesOfFreedom: Double
    /// The interval is the mean ± this: Student's t times ``standardError``, or more if two uncertainties are combined.
    public let halfWidth: Double

    /// The probability that an interval contains the true mean.
    static let coverage = 0.95

    /// - Parameter atLeast: the smallest half width allowed.
    package init(mean: Double, standardError: Double, degreesOfFreedom: Double, atLeast: Double = 0) {
        self.mean = mean
        self.standardError = standardError
        self.degreesOfFreedom = degreesOfFreedom
        let quantile = StudentT.quantile((1 + Self.coverage) / 2, degreesOfFreedom: degreesOfFreedom)
        halfWidth = max(standardError * quantile, atLeast)
    }

    /// The interval of the mean of independent samples.
    ///
    /// - Returns: nil for fewer than two samples, or if one is not finite.
    package init?(samples: [Double]) {
        guard let spread = Spread(samples), let deviation = spread.deviation, deviation.isFinite else { return nil }
        self.init(
            mean: spread.mean, standardError: deviation / Double(samples.count).squareRoot(),
            degreesOfFreedom: Double(samples.count - 1))
    }

    /// This interval widened by a second, independent uncertainty of the same mean.
    ///
    /// The variances of the means add; the degrees of freedom are Welch's and Satterthwaite's
    /// (1946, doi:10.2307/3002019). These grow faster than the variance if one side has few samples, so the result is
    /// made at least as wide as either side alone.
    package func widened(by other: ConfidenceInterval) -> ConfidenceInterval {
        let (a, b) = (standardError * standardError, other.standardError * other.standardError)
        let weight = a * a / degreesOfFreedom + b * b / other.degreesOfFreedom
        let degrees = weight > 0 ? (a + b) * (a + b) / weight : min(degreesOfFreedom, other.degreesOfFreedom)
        return ConfidenceInterval(
            mean: mean, standardError: (a + b).squareRoot(), degreesOfFreedom: degrees,
            atLeast: max(halfWidth, other.halfWidth))
    }

    /// Whether zero lies outside the interval.
    package var excludesZero: Bool { abs(mean) > halfWidth }

    enum CodingKeys: String, CodingKey {
        case mean
        case standardError = "standard_error"
        case degreesOfFreedom = "degrees_of_freedom"
        case halfWidth = "half_width"
    }
}
