/// Divides the scores by a temperature: below 1, likely symbols become likelier; above 1, the distribution becomes flatter.
///
/// `score ← (score − maximum) / temperature`. Temperature 0 is greedy: it keeps only the highest score and, among equals, the
/// lowest identifier. A temperature near 0 has the same limit, but draws evenly among equals.
public struct TemperatureTransform: SamplingTransform {
    private let temperature: Double

    /// Creates the transform.
    ///
    /// - Throws: `SamplingError.invalidSetting` unless the temperature is finite and not negative.
    public init(_ temperature: Double) throws(SamplingError) {
        guard temperature.isFinite, temperature >= 0 else {
            throw .invalidSetting(name: "temperature", value: "\(temperature)", allowed: "a number of 0 or more")
        }
        self.temperature = temperature
    }

    /// Divides every score, or keeps only the best.
    ///
    /// - Complexity: O(number of candidates).
    public func apply(to candidates: inout Candidates) {
        if temperature == 0 {
            candidates.keepBest()
        } else {
            candidates.divideScores(by: temperature)
        }
    }
}
