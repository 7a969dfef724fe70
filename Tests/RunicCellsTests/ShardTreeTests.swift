import RunicCells
import RunicKernels
import Testing

@Suite("The tree in which shards are added")
struct ShardTreeTests {
    /// Numbers whose sum depends on the order.
    private func values(_ count: Int) -> [Double] { (0..<count).map { 1 / Double(3 + $0 * $0 * 7 % 11) } }

    @Test(
        "there are as many groups as the largest power of two that divides the shards",
        arguments: [(1, 1), (2, 2), (4, 4), (6, 2), (8, 8), (12, 4), (7, 1), (40, 8)])
    func groups(shards: Int, groups: Int) {
        #expect(ShardTree.groups(of: shards) == groups)
        #expect(ShardTree(shards: shards).groupSize == shards / groups)
    }

    @Test("groups are added in pairs, pairs in pairs")
    func pairs() {
        let v = values(12)
        let groups: [Double] = (0..<4).map { group in v[(3 * group)..<(3 * group + 3)].reduce(0, +) }
        let expected: Double = (groups[0] + groups[1]) + (groups[2] + groups[3])
        #expect(ShardTree(shards: 12).sum { v[$0] } == expected)
    }

    @Test("the sums of aligned parts add up to the whole, bit for bit", arguments: [2, 4, 8, 12, 16])
    func parts(shards: Int) {
        let v = values(shards)
        let whole = ShardTree(shards: shards).sum { v[$0] }
        var count = 2
        while count <= ShardTree.groups(of: shards) {
            let size = shards / count
            var sums: [Double] = (0..<count).map { part in
                ShardTree(shards: size, of: shards).sum { v[part * size + $0] }
            }
            while sums.count > 1 {
                let pairs: [Double] = (0..<(sums.count / 2)).map { pair in sums[2 * pair] + sums[2 * pair + 1] }
                sums = pairs
            }
            #expect(sums[0] == whole)
            count *= 2
        }
    }

    @Test("rows are added in the same order, and the slots suffice", arguments: [1, 2, 6, 8])
    func rows(shards: Int) {
        let arena = Arena()
        let tree = ShardTree(shards: shards)
        let blocks = values(shards).map { value in
            let block: Block<Float> = arena.block(rows: 1, columns: 3)
            block.assign(from: [Float(value), Float(-value), 0])
            return block
        }
        let target: Block<Float> = arena.block(rows: 1, columns: 3)
        tree.sum({ blocks[$0] }, to: target, scratch: arena.block(rows: tree.waitingSums, columns: 3))
        var expected: Float?
        func group(_ index: Int) -> Float {
            (0..<tree.groupSize).reduce(0) { $0 + blocks[index * tree.groupSize + $1][0, 0] }
        }
        func part(_ range: Range<Int>) -> Float {
            guard range.count > 1 else { return group(range.lowerBound) }
            let middle = range.lowerBound + range.count / 2
            return part(range.lowerBound..<middle) + part(middle..<range.upperBound)
        }
        expected = part(0..<tree.groups)
        #expect(target[0, 0] == expected && target[0, 1] == -target[0, 0])
        #expect(target[0, 2].sign == .plus)
    }
}
