/// Keeps the smallest set of the most probable candidates whose probabilities sum to at least `mass` (nucleus sampling).
///
/// It keeps at least one candidate; `mass` 1 keeps all. Among equal scores at the boundary, the lowest identifiers stay.
/// Holtzman et al., "The Curious Case of Neural Text Degeneration" (2020), arXiv:1904.09751.
public struct TopPTransform: SamplingTransform {
    private let mass: Double

    /// Creates the transform.
    ///
    /// - Throws: `SamplingError.invalidSetting` unless the mass is from 0 to 1.
    public init(_ mass: Double) throws(SamplingError) {
        guard mass >= 0, mass <= 1 else {
            throw .invalidSetting(name: "top-p", value: "\(mass)", allowed: "a number from 0 to 1")
        }
        self.mass = mass
    }

    /// Keeps the nucleus by weighted selection, without sorting.
    ///
    /// - Complexity: O(number of candidates) on average.
    public func apply(to candidates: inout Candidates) {
        candidates.keepMass(mass)
    }
}
