internal import RunicCells
package import RunicKernels

/// Many streams of one model that read their symbols side by side: each weight is read once for all of them.
///
/// The streams are cut into shards, which the workers take through a step without waiting for each other. What a stream
/// predicts does not depend on the others. In int8 it is, to the bit, what ``InferenceModel`` predicts; in float32 sums go
/// another way, and in bfloat16 the hidden states are rounded too.
package final class InferenceBatch: @unchecked Sendable {
    // Sendable by hand: one thread drives it, and each shard is run by one worker.
    package let model: InferenceModel
    private let shards: [InferenceShard]
    private let cut: [Range<Int>]
    private let pool: WorkerPool
    // What the shards' products read.
    private let packed: PackedInferenceWeights

    /// - Parameters:
    ///   - streams: how many streams there are.
    ///   - threads: the workers.
    ///   - usesLibrary: whether a precision's products of many rows are the library's; others go row by row.
    /// - Throws: ``ModelError/matrix(_:)``.
    package init(
        model: InferenceModel, streams: Int, threads: Int,
        usesLibrary: (Precision) -> Bool = ProcessorInformation.multiplies
    ) throws(ModelError) {
        precondition(streams > 0 && threads > 0, "\(streams) streams, \(threads) threads")
        self.model = model
        cut = ShardRows.ranges(batch: streams)
        do {
            packed = try PackedInferenceWeights(
                model: model, rowsHint: cut[0].count, usesLibrary: usesLibrary)
            var shards: [InferenceShard] = []
            for range in cut { shards.append(try InferenceShard(model: model, packed: packed, rows: range.count)) }
            self.shards = shards
        } catch {
            throw .matrix(error.description)
        }
        pool = WorkerPool(workerCount: min(threads, cut.count))
    }

    /// Gives a stream what a state has read.
    ///
    /// - Precondition: the state is of this batch's model.
    package func set(_ state: InferenceState, stream: Int) {
        let (shard, row) = place(of: stream)
        shards[shard].set(state, row: row)
    }

    /// The scores of a stream's next symbol, before softmax, (V).
    package func logits(ofStream stream: Int) -> Block<Float> {
        let (shard, row) = place(of: stream)
        return shards[shard].logits.rows(row..<(row + 1))
    }

    /// What a stream reads next: a symbol of the vocabulary, after its state was reset where a document begins with it.
    package typealias Choice = (symbol: Int, startsDocument: Bool)

    /// Every stream reads the symbol that `choose` takes from its scores.
    ///
    /// - Parameter choose: called once for each stream, by the workers side by side.
    package func step(_ choose: @escaping @Sendable (_ stream: Int, _ logits: Block<Float>) -> Choice) {
        pool.run(tasks: shards.count) { [shards, cut, model] index in
            let (shard, V) = (shards[index], model.parameters.configuration.vocabularySize)
            for (row, stream) in cut[index].enumerated() {
                let (symbol, startsDocument) = choose(stream, shard.logits.rows(row..<(row + 1)))
                if startsDocument { shard.set(model.start(), row: row) }
                precondition((0..<V).contains(symbol), "symbol \(symbol) of \(V)")
                shard.identifiers[row, 0] = Int32(symbol)
            }
            shard.step()
        }
    }

    private func place(of stream: Int) -> (shard: Int, row: Int) {
        guard let shard = cut.firstIndex(where: { $0.contains(stream) }) else {
            preconditionFailure("stream \(stream) of \(cut.last?.upperBound ?? 0)")
        }
        return (shard, stream - cut[shard].lowerBound)
    }
}
