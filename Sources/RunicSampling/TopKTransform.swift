/// Keeps the `count` highest scores; among equal scores at the boundary, those with the lowest identifiers.
public struct TopKTransform: SamplingTransform {
    private let count: Int

    /// Creates the transform; a count above the number of candidates keeps them all.
    ///
    /// - Throws: `SamplingError.invalidSetting` unless the count is at least 1.
    public init(_ count: Int) throws(SamplingError) {
        guard count >= 1 else {
            throw .invalidSetting(name: "top-k", value: "\(count)", allowed: "a whole number of 1 or more")
        }
        self.count = count
    }

    /// Keeps the best by selection, without sorting.
    ///
    /// - Complexity: O(number of candidates) on average.
    public func apply(to candidates: inout Candidates) {
        candidates.keepTop(count)
    }
}
