internal import RunicCells
package import RunicKernels

/// The loss of a model on a text, without training.
///
/// With one stream the state is carried from the first symbol to the last. With several, the text is cut into
/// contiguous streams that run side by side; each first reads the last symbols before its own part, so that its state
/// is warm: an estimate that is many times quicker and differs in the fourth digit.
package final class SequenceScorer {
    private let weights: ModelWeights
    private let shards: [LanguageModelShard]
    private let rowsPerShard: Int
    private let time: Int
    private let pool: WorkerPool

    /// - Parameters:
    ///   - streams: how many streams run side by side.
    ///   - time: steps of one pass.
    /// - Throws: ``ModelError/matrix(_:)``.
    package init(
        parameters: ModelParameters, precision: Precision = .float32, streams: Int = 1, time: Int = 256,
        pool: WorkerPool
    ) throws(ModelError) {
        precondition(streams > 0 && time > 0, "\(streams) streams of \(time) steps")
        let cut = streams == 1 ? [0..<1] : BatchCut.ranges(batch: streams)
        self.time = time
        self.pool = pool
        weights = try ModelWeights(
            parameters: parameters, precision: precision, trains: false, positions: streams * time,
            rowsHint: cut[0].count)
        rowsPerShard = cut[0].count
        do {
            var shards: [LanguageModelShard] = []
            for range in cut {
                shards.append(
                    try LanguageModelShard(
                        weights: weights, rows: range.count, time: time, trains: false, dropsOut: false))
            }
            self.shards = shards
        } catch {
            throw .matrix(error.description)
        }
    }

    /// Symbols that a stream reads before those it is scored on.
    private static let warmUp = 256

    /// The sum of −log p of all symbols but the first, in nats, and their number.
    ///
    /// - Complexity: one forward pass over the text.
    package func score(_ symbols: ArraySlice<UInt16>) -> (nats: Double, count: Int) {
        let predicted = symbols.count - 1
        guard predicted > 0 else { return (0, 0) }
        weights.refresh(pool)
        let streams = shards.reduce(0) { $0 + $1.stack.rows }
        let share = (predicted + streams - 1) / streams
        let lead = streams == 1 ? 0 : Self.warmUp
        let passes = (share + lead + time - 1) / time
        pool.run(tasks: shards.count) { [shards] in shards[$0].stack.resetState() }
        var total = 0.0
        for pass in 0..<passes {
            var firstRow = 0
            for shard in shards {
                fill(shard, firstRow: firstRow, pass: pass, share: share, lead: lead, symbols)
                firstRow += shard.stack.rows
            }
            let sums = Sums(count: shards.count)
            pool.run(tasks: shards.count) { [shards] in sums.values[0, $0] = shards[$0].loss() }
            total += sums.values.array.reduce(0, +)
        }
        return (total, predicted)
    }

    /// Row r predicts symbols [r · share + 1, (r + 1) · share]; before that it reads `lead` symbols unscored.
    private func fill(
        _ shard: LanguageModelShard, firstRow: Int, pass: Int, share: Int, lead: Int, _ symbols: ArraySlice<UInt16>
    ) {
        let B = shard.stack.rows
        let count = symbols.count
        for row in 0..<B {
            let begin = (firstRow + row) * share
            let end = min(begin + share, count - 1)
            for step in 0..<time {
                let position = max(begin - lead, 0) + pass * time + step
                let place = step * B + row
                let reads = position < count - 1
                shard.symbols[place, 0] = reads ? Int32(symbols[symbols.startIndex + position]) : 0
                let scores = position >= begin && position < end
                shard.targets[place, 0] = scores ? Int32(symbols[symbols.startIndex + position + 1]) : -1
            }
        }
    }

    /// One sum a shard, written by its worker.
    private final class Sums: Sendable {
        private let arena = Arena()
        let values: Block<Double>
        init(count: Int) { values = arena.block(rows: 1, columns: count) }
    }
}
