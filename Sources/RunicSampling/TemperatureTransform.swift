/// Divides the scores by a temperature: below 1 the likely becomes likelier, above 1 the choice becomes more even.
///
/// `score ← (score − maximum) / temperature`. Temperature 0 is greedy: the highest score alone is kept and, of equals, the
/// lowest identifier. A temperature near 0 goes to the same limit, but draws evenly among equals.
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

    /// Divides every score, or keeps the best alone.
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
