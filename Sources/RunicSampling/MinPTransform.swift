internal import Glibc

/// Keeps the candidates whose probability is at least `fraction` of the highest.
///
/// In scores: `score ≥ maximum + ln(fraction)`. 0 keeps all, 1 only the most probable and its equals.
/// Nguyen et al., "Turning Up the Heat: Min-p Sampling" (2024), arXiv:2407.01082.
public struct MinPTransform: SamplingTransform {
    private let margin: Float

    /// Creates the transform.
    ///
    /// - Throws: `SamplingError.invalidSetting` unless the fraction is from 0 to 1.
    public init(_ fraction: Double) throws(SamplingError) {
        guard fraction >= 0, fraction <= 1 else {
            throw .invalidSetting(name: "min-p", value: "\(fraction)", allowed: "a number from 0 to 1")
        }
        margin = Float(log(fraction))
    }

    /// Removes the candidates that are too far below the best.
    ///
    /// - Complexity: O(number of candidates).
    public func apply(to candidates: inout Candidates) {
        let threshold = candidates.maximumScore + margin
        candidates.keep { _, score in score >= threshold }
    }
}
