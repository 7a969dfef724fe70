/// The division of a batch into shards. It depends on the batch alone, so that results do not depend on the machine.
package enum ShardRows {
    /// The preferred and the smallest number of rows per shard: products reach full speed at eight rows.
    private static let (targetRows, fewestRows) = (16, 8)
    /// The number of shards to make if they have enough rows, so that several cores have work.
    private static let wanted = 4

    /// The rows of each shard: sizes that differ by at most one, and an even number of shards if possible.
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
