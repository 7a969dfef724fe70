internal import RunicCells
package import RunicKernels

/// Many parallel streams of one model: each weight is read once for all of them.
///
/// The streams are divided into shards; workers run a step of different shards independently. A stream's predictions do not
/// depend on the other streams. In int8 they equal those of ``InferenceModel`` to the bit; in float32 sums have another
/// order, and in bfloat16 the hidden states are rounded too.
package final class InferenceBatch: @unchecked Sendable {
    // Sendable by hand: one thread drives it, and each shard is run by one worker.
    package let model: InferenceModel
    private let shards: [InferenceShard]
    /// The streams of each shard.
    private let shardRows: [Range<Int>]
    private let pool: WorkerPool
    // Owns the memory that the shards' products read.
    private let packed: PackedInferenceWeights

    /// - Parameters:
    ///   - streams: the number of streams.
    ///   - threads: the number of workers.
    ///   - usesLibrary: whether the library computes the products of a precision; otherwise they go row by row.
    /// - Throws: ``ModelError/matrix(_:)``.
    package init(
        model: InferenceModel, streams: Int, threads: Int,
        usesLibrary: (Precision) -> Bool = ProcessorInformation.multiplies
    ) throws(ModelError) {
        precondition(streams > 0 && threads > 0, "\(streams) streams, \(threads) threads")
        self.model = model
        shardRows = ShardRows.ranges(batch: streams)
        do {
            packed = try PackedInferenceWeights(
                model: model, rowsHint: shardRows[0].count, usesLibrary: usesLibrary)
            var shards: [InferenceShard] = []
            for range in shardRows {
                shards.append(try InferenceShard(model: model, packed: packed, rows: range.count))
            }
            self.shards = shards
        } catch {
            throw .matrix(error.description)
        }
        pool = WorkerPool(workerCount: min(threads, shardRows.count))
    }

    /// Sets the state of a stream.
    ///
    /// - Precondition: the state belongs to this batch's model.
    package func set(_ state: InferenceState, stream: Int) {
        let (shard, row) = place(of: stream)
        shards[shard].set(state, row: row)
    }

    /// The scores of a stream's next symbol, before softmax, (V).
    package func logits(ofStream stream: Int) -> Block<Float> {
        let (shard, row) = place(of: stream)
        return shards[shard].logits.rows(row..<(row + 1))
    }

    /// The symbol that a stream reads next, and whether a document begins with it, which resets the state.
    package typealias Choice = (symbol: Int, startsDocument: Bool)

    /// Every stream reads the symbol that `choose` selects from its scores.
    ///
    /// - Parameter choose: called once for each stream, by several workers at the same time.
    package func step(_ choose: @escaping @Sendable (_ stream: Int, _ logits: Block<Float>) -> Choice) {
        pool.run(tasks: shards.count) { [shards, shardRows, model] index in
            let (shard, V) = (shards[index], model.parameters.configuration.vocabularySize)
            for (row, stream) in shardRows[index].enumerated() {
                let (symbol, startsDocument) = choose(stream, shard.logits.rows(row..<(row + 1)))
                if startsDocument { shard.set(model.start(), row: row) }
                precondition((0..<V).contains(symbol), "symbol \(symbol) of \(V)")
                shard.identifiers[row, 0] = Int32(symbol)
            }
            shard.step()
        }
    }

    private func place(of stream: Int) -> (shard: Int, row: Int) {
        guard let shard = shardRows.firstIndex(where: { $0.contains(stream) }) else {
            preconditionFailure("stream \(stream) of \(shardRows.last?.upperBound ?? 0)")
        }
        return (shard, stream - shardRows[shard].lowerBound)
    }
}
