#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Keeps the candidates that are at least `share` times as probable as the most probable one.
///
/// In scores: `score ≥ maximum + ln(share)`. Share 0 keeps all, share 1 only the most probable and its equals.
/// Nguyen et al., "Turning Up the Heat: Min-p Sampling" (2024), arXiv:2407.01082.
public struct MinPTransform: SamplingTransform {
    private let margin: Float

    /// Creates the transform.
    ///
    /// - Throws: `SamplingError.invalidSetting` unless the share is from 0 to 1.
    public init(_ share: Double) throws(SamplingError) {
        guard share >= 0, share <= 1 else {
            throw .invalidSetting(name: "min-p", value: "\(share)", allowed: "a number from 0 to 1")
        }
        margin = Float(log(share))
    }

    /// Removes the candidates that are too far below the best.
    ///
    /// - Complexity: O(number of candidates).
    public func apply(to candidates: inout Candidates) {
        let threshold = candidates.maximumScore + margin
        candidates.keep { _, score in score >= threshold }
    }
}
