/// The part of a batch that one of several processes computes.
package struct BatchPart: Sendable, Hashable {
    /// From 0.
    package var index: Int
    /// The number of parts.
    package var count: Int

    package init(index: Int, of count: Int) {
        precondition(count > 0 && (0..<count).contains(index), "part \(index) of \(count)")
        self.index = index
        self.count = count
    }

    package static let whole = BatchPart(index: 0, of: 1)

    /// The shards of the part: as many in each.
    func shards(of total: Int) -> Range<Int> {
        precondition(total % count == 0, "\(total) shards in \(count) parts")
        return (total / count * index)..<(total / count * (index + 1))
    }
}
