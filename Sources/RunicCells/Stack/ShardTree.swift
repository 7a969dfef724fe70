package import RunicKernels
internal import Synchronization

/// The order in which what the shards of a batch have computed is added up.
///
/// Neighbouring shards form groups, as many as the largest power of two that divides their number. Within a group they are
/// added one after the other; the groups are then added in pairs, the pairs in pairs, and so on. The order depends on the
/// number of shards alone. A process that holds an aligned half, quarter … of the groups adds its part of the tree, and
/// ends with the same bits as one process that holds all of them.
package struct ShardTree: Sendable, Hashable {
    /// The shards of each group.
    package let groupSize: Int
    /// A power of two.
    package let groups: Int

    /// The tree of some neighbouring shards.
    ///
    /// - Parameters:
    ///   - shards: their number.
    ///   - total: the number of shards of the batch, which decides the groups.
    /// - Precondition: the shards are whole groups, a power of two of them.
    package init(shards: Int, of total: Int) {
        let all = Self.groups(of: total)
        groupSize = total / all
        groups = shards / groupSize
        precondition(
            groups * groupSize == shards && groups.nonzeroBitCount == 1, "\(shards) of \(total) shards are no subtree")
    }

    /// The tree of all shards of a batch.
    package init(shards: Int) { self.init(shards: shards, of: shards) }

    /// The number of groups of a batch's shards: in so many parts, and any power of two below, processes can share it.
    package static func groups(of shards: Int) -> Int { shards & -shards }

    /// The sums that wait at once, in addition to the one that becomes the result.
    package var waitingSums: Int { groups.trailingZeroBitCount }

    /// Adds up the shards.
    ///
    /// - Parameters:
    ///   - compute: computes a shard into a slot, or adds it to what is there. Slot 0 is the result; there are
    ///     ``waitingSums`` more.
    ///   - add: adds the second slot to the first.
    package func sum(
        compute: (_ shard: Int, _ slot: Int, _ adds: Bool) -> Void, add: (_ slot: Int, _ other: Int) -> Void
    ) {
        sum(0..<groups, 0, compute, add)
    }

    private func sum(
        _ part: Range<Int>, _ slot: Int, _ compute: (Int, Int, Bool) -> Void, _ add: (Int, Int) -> Void
    ) {
        guard part.count > 1 else {
            let first = part.lowerBound * groupSize
            for shard in first..<(first + groupSize) { compute(shard, slot, shard > first) }
            return
        }
        let middle = part.lowerBound + part.count / 2
        sum(part.lowerBound..<middle, slot, compute, add)
        sum(middle..<part.upperBound, slot + 1, compute, add)
        add(slot, slot + 1)
    }

    /// The sum of one number of each shard.
    package func sum(_ value: (_ shard: Int) -> Double) -> Double { sum(0..<groups, value) }

    private func sum(_ part: Range<Int>, _ value: (Int) -> Double) -> Double {
        guard part.count > 1 else {
            var sum = 0.0
            for member in 0..<groupSize { sum += value(part.lowerBound * groupSize + member) }
            return sum
        }
        let middle = part.lowerBound + part.count / 2
        return sum(part.lowerBound..<middle, value) + sum(middle..<part.upperBound, value)
    }

    /// target = the sum of one row of each shard.
    ///
    /// - Parameter scratch: ``waitingSums`` rows as long as the target.
    package func sum(_ row: (_ shard: Int) -> Block<Float>, to target: Block<Float>, scratch: Block<Float>) {
        func slot(_ index: Int) -> Block<Float> { index == 0 ? target : scratch.rows((index - 1)..<index) }
        sum { shard, index, adds in
            // 0 + x: a sum never is −0, whoever adds it.
            if !adds { slot(index).fill(0) }
            ElementWise.add(row(shard), to: slot(index))
        } add: {
            ElementWise.add(slot($1), to: slot($0))
        }
    }
}

/// Scratch memory for tasks that run at the same time; a task borrows a piece that no other one has.
///
/// There are soon as many pieces as workers, and no more are made.
package final class ScratchPool: Sendable {
    private final class Piece: Sendable {
        let buffer: AlignedBuffer<Float>
        init(length: Int) { buffer = AlignedBuffer(zeros: length) }
    }

    private let length: Int
    private let free = Mutex<[Piece]>([])

    /// - Parameter length: the floats of a piece.
    package init(length: Int) { self.length = length }

    package func withScratch(_ body: (Block<Float>) -> Void) {
        let piece = free.withLock { $0.popLast() } ?? Piece(length: length)
        body(piece.buffer.block)
        free.withLock { $0.append(piece) }
    }
}
