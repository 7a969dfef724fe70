internal import Foundation

/// Student's t distribution, for any positive number of degrees of freedom ν.
///
///     P(T > t) = ½ I_x(ν/2, ½),  x = ν / (ν + t²),  t ≥ 0
///
/// I is the regularised incomplete beta function, by its continued fraction (NIST DLMF 8.17.22) with the algorithm of
/// Lentz (1976, doi:10.1364/AO.15.000668).
enum StudentT {
    /// The probability of a value above t.
    ///
    /// - Precondition: `degreesOfFreedom` is positive.
    static func upperTail(_ t: Double, degreesOfFreedom: Double) -> Double {
        precondition(degreesOfFreedom > 0, "\(degreesOfFreedom) degrees of freedom")
        if t < 0 { return 1 - upperTail(-t, degreesOfFreedom: degreesOfFreedom) }
        let square = t * t
        guard square.isFinite else { return 0 }
        let x = degreesOfFreedom / (degreesOfFreedom + square)
        let complement = square / (degreesOfFreedom + square)
        return 0.5 * incompleteBeta(x, complement: complement, a: degreesOfFreedom / 2, b: 0.5)
    }

    /// The t below which a value lies with the given probability.
    ///
    /// Found by bisection, as exact as the tail itself.
    ///
    /// - Precondition: `probability` is above 0 and below 1, `degreesOfFreedom` is positive.
    static func quantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
        precondition(probability > 0 && probability < 1, "a quantile of \(probability)")
        precondition(degreesOfFreedom > 0, "\(degreesOfFreedom) degrees of freedom")
        if probability < 0.5 { return -quantile(1 - probability, degreesOfFreedom: degreesOfFreedom) }
        let tail = 1 - probability
        var (low, high) = (0.0, 1.0)
        while upperTail(high, degreesOfFreedom: degreesOfFreedom) > tail { (low, high) = (high, high * 2) }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low && middle < high else { return high }
            if upperTail(middle, degreesOfFreedom: degreesOfFreedom) > tail { low = middle } else { high = middle }
        }
    }

    /// I_x(a, b); 1 − x is passed too, so that neither end loses digits.
    private static func incompleteBeta(_ x: Double, complement: Double, a: Double, b: Double) -> Double {
        if x <= 0 { return 0 }
        if complement <= 0 { return 1 }
        let front = exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(complement))
        return x < (a + 1) / (a + b + 2)
            ? front * continuedFraction(x, a: a, b: b) / a
            : 1 - front * continuedFraction(complement, a: b, b: a) / b
    }

    private static func logGamma(_ x: Double) -> Double { lgamma(x).0 }

    /// 1 / (1 + d₁ / (1 + d₂ / (1 + …))), the fraction of DLMF 8.17.22.
    private static func continuedFraction(_ x: Double, a: Double, b: Double) -> Double {
        let tiny = 1e-300
        func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / kept(1 - (a + b) * x / (a + 1))
        var result = d
        // The fraction needs about √max(a, b) terms.
        for index in 1...100_000 {
            let m = Double(index)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / kept(1 + even * d)
            c = kept(1 + even / c)
            result *= c * d
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / kept(1 + odd * d)
            c = kept(1 + odd / c)
            result *= c * d
            if abs(c * d - 1) < 1e-15 { break }
        }
        return result
    }
}
