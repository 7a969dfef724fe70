/// How often something occurs along a text of unknown length: counts of equal ranges, which double in length as the text
/// grows.
package struct PlaceCounts: Sendable, Hashable {
    private static let most = 128

    /// Bytes of a range.
    package private(set) var width = 1
    /// The counts, from the start of the text.
    package private(set) var counts: [Int] = []

    /// Counts one at a position of all text. Amortised constant time.
    package mutating func add(at position: Int) {
        while position / width >= Self.most {
            counts = stride(from: 0, to: counts.count, by: 2).map {
                counts[$0] + ($0 + 1 < counts.count ? counts[$0 + 1] : 0)
            }
            width *= 2
        }
        let index = position / width
        while counts.count <= index { counts.append(0) }
        counts[index] += 1
    }
}
