/// A sample of a text: contiguous ranges, evenly spread.
package enum RangeSample {
    private static let most = 16

    /// Ranges within `ranges` of at most `limit` symbols together; all of `ranges` where they have no more.
    package static func sample(_ ranges: [Range<Int>], limit: Int) -> [Range<Int>] {
        let total = ranges.reduce(0) { $0 + $1.count }
        guard total > limit else { return ranges }
        let length = limit / most
        return (0..<most).compactMap { number in
            var place = number * (total - length) / (most - 1)
            for range in ranges {
                if place < range.count {
                    let start = range.lowerBound + place
                    return start..<min(start + length, range.upperBound)
                }
                place -= range.count
            }
            return nil
        }
    }
}
