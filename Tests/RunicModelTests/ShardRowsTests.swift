import RunicModel
import Testing

@Suite struct ShardRowsTests {
    @Test("shards cover every batch in order, evenly")
    func cover() {
        for batch in 1...300 {
            let ranges = ShardRows.ranges(batch: batch)
            #expect(ranges.flatMap { Array($0) } == Array(0..<batch))
            let sizes = ranges.map(\.count)
            #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "a batch of \(batch): \(sizes)")
            #expect(sizes.count == 1 || sizes.count % 2 == 0, "a batch of \(batch): \(sizes)")
        }
    }

    @Test("a batch large enough feeds several workers")
    func workers() {
        #expect(ShardRows.ranges(batch: 7).count == 1)
        #expect(ShardRows.ranges(batch: 8).count == 2)
        #expect(ShardRows.ranges(batch: 32).map(\.count) == [8, 8, 8, 8])
        #expect(ShardRows.ranges(batch: 64).map(\.count) == [16, 16, 16, 16])
    }
}
