/// How a batch is cut into shards: a setting of the run, so that its bytes do not depend on the machine.
package enum ShardRows {
    /// Rows per shard that feed a core well, and how few still do: products reach their speed from eight rows on.
    private static let (targetRows, fewestRows) = (16, 8)
    /// Shards that a batch is cut into while they have rows enough, so that several cores have work.
    private static let wanted = 4

    /// The rows of each shard, as equal as can be, an even number of shards where that costs nothing.
    package static func ranges(batch: Int) -> [Range<Int>] {
        precondition(batch > 0, "a batch of \(batch)")
        var count = max(batch / targetRows, min(wanted, batch / fewestRows), batch >= 8 ? 2 : 1)
        if count % 2 == 1 && count > 1 { count -= 1 }
        let (size, longer) = batch.quotientAndRemainder(dividingBy: count)
        var start = 0
        return (0..<count).map { index in
            defer { start += size + (index < longer ? 1 : 0) }
            return start..<(start + size + (index < longer ? 1 : 0))
        }
    }
}
