/// A mean and where the true one lies with a chance of 95 %, by Student's t.
public struct ConfidenceInterval: Sendable, Hashable, Codable {
    /// The mean of the samples.
    public let mean: Double
    /// The standard error of the mean.
    public let standardError: Double
    /// The degrees of freedom of Student's t.
    public let degreesOfFreedom: Double
    /// The interval is the mean ± this.
    public let halfWidth: Double

    /// The chance that an interval holds the true mean.
    static let coverage = 0.95

    init(mean: Double, standardError: Double, degreesOfFreedom: Double) {
        self.mean = mean
        self.standardError = standardError
        self.degreesOfFreedom = degreesOfFreedom
        halfWidth =
            standardError == 0
            ? 0
            : standardError * StudentT.quantile((1 + Self.coverage) / 2, degreesOfFreedom: degreesOfFreedom)
    }

    /// The interval of the mean of independent samples.
    ///
    /// - Returns: nil for fewer than two samples, or where one is not finite.
    init?(samples: [Double]) {
        guard let spread = Spread(samples), let deviation = spread.deviation, deviation.isFinite else { return nil }
        self.init(
            mean: spread.mean, standardError: deviation / Double(samples.count).squareRoot(),
            degreesOfFreedom: Double(samples.count - 1))
    }

    /// This interval widened by a second, independent uncertainty of the same mean.
    ///
    /// The variances of the means add; the degrees of freedom are Welch's and Satterthwaite's
    /// (1946, doi:10.2307/3002019).
    func widened(by other: ConfidenceInterval) -> ConfidenceInterval {
        let (a, b) = (standardError * standardError, other.standardError * other.standardError)
        let weight = a * a / degreesOfFreedom + b * b / other.degreesOfFreedom
        let degrees = weight > 0 ? (a + b) * (a + b) / weight : min(degreesOfFreedom, other.degreesOfFreedom)
        return ConfidenceInterval(mean: mean, standardError: (a + b).squareRoot(), degreesOfFreedom: degrees)
    }

    /// Whether zero is outside.
    var excludesZero: Bool { abs(mean) > halfWidth }

    enum CodingKeys: String, CodingKey {
        case mean
        case standardError = "standard_error"
        case degreesOfFreedom = "degrees_of_freedom"
        case halfWidth = "half_width"
    }
}
