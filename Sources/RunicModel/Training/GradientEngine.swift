package import RunicCells
package import RunicKernels
package import RunicSymbols

/// Computes loss and gradient of a whole batch of symbols with several workers.
///
/// It packs the weights, then runs a ``BatchGradient``.
package final class GradientEngine {
    package let parameters: ModelParameters
    package let weights: ModelWeights
    /// B, that of all processes, and T, the largest number of steps of a pass.
    package let batch: Int
    package let time: Int
    /// The rows of each shard, in all processes.
    package let shardRows: [Range<Int>]
    /// The shards that this process computes.
    package let ownShards: Range<Int>
    private let shards: [LanguageModelShard]
    private let whole: BatchGradient
    /// The number of steps of the next pass.
    private var steps: Int

    /// - Parameters:
    ///   - regularisation: applied by passes with a key.
    ///   - resets: whether states can be reset within a pass.
    ///   - part: the part of the batch that this process computes.
    ///   - exchange: called once a pass if there are other parts.
    /// - Precondition: the number of parts is 1 or divides ``ShardTree/groups(of:)``.
    /// - Throws: ``ModelError/matrix(_:)``.
    package init(
        parameters: ModelParameters, precision: Precision, batch: Int, time: Int,
        regularisation: Regularisation = .none, resets: Bool = false, part: BatchPart = .whole,
        exchange: (any GradientExchange)? = nil
    ) throws(ModelError) {
        self.parameters = parameters
        self.batch = batch
        self.time = time
        steps = time
        shardRows = ShardRows.ranges(batch: batch)
        ownShards = part.shards(of: shardRows.count)
        weights = try ModelWeights(
            parameters: parameters, precision: precision, trains: true, positions: batch * time,
            rowsHint: shardRows[0].count, regularisation: regularisation)
        do {
            var shards: [LanguageModelShard] = []
            for range in shardRows[ownShards] {
                shards.append(
                    try LanguageModelShard(
                        weights: weights, rows: range.count, time: time, trains: true, resets: resets))
            }
            self.shards = shards
            whole = try BatchGradient(
                LanguageModelHead(shards, weights: weights, batch: batch, firstShard: ownShards.lowerBound),
                layout: parameters.layout, time: time, shards: shardRows.count, exchange: exchange)
        } catch {
            throw .matrix(error.description)
        }
    }

    /// ∂loss/∂parameters of the last ``run(pool:key:meter:)``, as one row with the parameters' layout.
    package var gradient: Block<Float> { whole.gradient }

    /// Sets the next symbols of a row of the batch: all but the last are read, all but the first are predicted.
    ///
    /// All rows of a pass need the same number, at most T + 1; the last row that was set fixes the length of the pass.
    package func setRow(_ row: Int, symbols: SymbolSequence) {
        precondition(symbols.count > 1 && symbols.count <= time + 1, "\(symbols.count) symbols for \(time) steps")
        steps = symbols.count - 1
        let (shard, column) = place(of: row)
        let B = shard.stack.rows
        let first = symbols.startIndex
        for step in 0..<steps {
            shard.symbols[step * B + column, 0] = Int32(symbols[first + step])
            shard.targets[step * B + column, 0] = Int32(symbols[first + step + 1])
        }
        if shard.stack.resets.rows > 0 {
            for step in 0..<steps { shard.stack.resets[step * B + column, 0] = 0 }
        }
    }

    /// Marks the beginning of a document in a row that was set: its state is reset before it reads the step's symbol.
    ///
    /// - Precondition: the engine was made with resets.
    package func startDocument(row: Int, step: Int) {
        let (shard, column) = place(of: row)
        precondition(shard.stack.resets.rows > 0 && step < steps, "a document at step \(step) of \(steps)")
        shard.stack.resets[step * shard.stack.rows + column, 0] = 1
    }

    private func place(of row: Int) -> (shard: LanguageModelShard, column: Int) {
        guard let index = ownShards.first(where: { shardRows[$0].contains(row) }) else {
            preconditionFailure("row \(row) of \(rows)")
        }
        return (shards[index - ownShards.lowerBound], row - shardRows[index].lowerBound)
    }

    /// The rows of the batch that this process computes.
    package var rows: Range<Int> {
        shardRows[ownShards.lowerBound].lowerBound..<shardRows[ownShards.upperBound - 1].upperBound
    }

    /// Packs the weights, then computes the loss of the batch and its ``gradient``.
    ///
    /// - Parameter key: fixes the noise of the step; nil for no noise.
    /// - Returns: the mean loss in nats per symbol.
    /// - Complexity: three times the multiply-adds of a forward pass.
    package func run(pool: WorkerPool, key: UInt64?, meter: StepMeter? = nil) -> Double {
        let step = StepContext(key: key, meter: meter)
        weights.refresh(pool, step)
        return whole.run(pool: pool, GradientPass(step: step, time: steps)) / Double(batch * steps)
    }

    /// Sets the carried states to the initial state.
    package func resetState() { for shard in shards { shard.stack.resetState() } }

    /// The carried states of this process, shard by shard; each ends with one value per row: 1 if the row has read nothing yet, else 0.
    package var state: [[Float]] {
        get { shards.map { $0.stack.state + $0.stack.freshRows.map { $0 ? 1 : 0 } } }
        set {
            precondition(newValue.count == shards.count, "\(newValue.count) states for \(shards.count) shards")
            for (shard, values) in zip(shards, newValue) {
                shard.stack.setState(Array(values.dropLast(shard.stack.rows)))
                shard.stack.freshRows = values.suffix(shard.stack.rows).map { $0 != 0 }
            }
        }
    }
}
