internal import RunicCells
package import RunicKernels

/// Loss and gradient of a whole batch by several workers.
///
/// Three phases, each ended by a barrier: every shard forward and backward; the weight gradients, split by rows of the
/// tensors; what depends on those. The sums are the same whoever runs which task.
package final class GradientEngine: @unchecked Sendable {
    // Sendable by hand: one thread drives it, and the pool's barriers order its workers.
    package let parameters: ModelParameters
    package let weights: ModelWeights
    /// B and T.
    package let batch: Int
    package let time: Int
    package let cut: [Range<Int>]
    private let shards: [LanguageModelShard]
    private let gradientBuffer: AlignedBuffer<Float>
    private let stackGradient: StackGradient
    private let losses: Block<Double>
    /// What a pass of this moment is about; the jobs below are made once, so that a step allocates nothing.
    private let pass = Pass()
    private let shardJob: @Sendable (Int) -> Void
    private let gradientTasks: [StackGradient.Task]
    private let gradientJob: @Sendable (Int) -> Void
    private let laterJob: @Sendable (Int) -> Void
    private let arena = Arena()

    /// - Throws: ``ModelError/matrix(_:)``.
    package init(
        parameters: ModelParameters, precision: Precision, batch: Int, time: Int, dropsOut: Bool
    ) throws(ModelError) {
        self.parameters = parameters
        self.batch = batch
        self.time = time
        cut = BatchCut.ranges(batch: batch)
        gradientBuffer = AlignedBuffer(zeros: parameters.layout.length)
        losses = arena.block(rows: 1, columns: cut.count)
        weights = try ModelWeights(
            parameters: parameters, precision: precision, trains: true, positions: batch * time,
            rowsHint: cut[0].count)
        do {
            var shards: [LanguageModelShard] = []
            for range in cut {
                shards.append(
                    try LanguageModelShard(
                        weights: weights, rows: range.count, time: time, trains: true, dropsOut: dropsOut))
            }
            self.shards = shards
            let blocks = ParameterBlocks(layout: parameters.layout, whole: gradientBuffer.block)
            let stackGradient = try StackGradient(
                shards: shards.map(\.stack), gradient: blocks, time: time, identifiers: shards.map(\.symbols))
            self.stackGradient = stackGradient
            let scale = 1 / Float(batch * time)
            shardJob = { [shards, losses, pass] index in
                let masks = LayerMasks(probability: pass.noise.dropout, key: pass.noise.key, shard: index)
                shards[index].stack.meter = pass.meter
                losses[0, index] = shards[index].lossAndGradient(gradientScale: scale, masks: masks)
            }
            let tasks = try stackGradient.tasks + Self.decoderTasks(weights, shards, blocks, time)
            gradientTasks = tasks
            gradientJob = { [pass] in tasks[$0](pass.meter) }
            let later = stackGradient.laterTasks
            laterJob = { [pass] in later[$0](pass.meter) }
        } catch {
            throw .matrix(error.description)
        }
    }

    /// ∂loss/∂parameters of the last ``run(pool:noise:)``, as one row with the parameters' layout.
    package var gradient: Block<Float> { gradientBuffer.block }

    /// Gives a row of the batch its next T + 1 symbols: all but the last are read, all but the first predicted.
    package func setRow(_ row: Int, symbols: ArraySlice<UInt16>) {
        precondition(symbols.count == time + 1, "\(symbols.count) symbols for \(time) steps")
        guard let index = cut.firstIndex(where: { $0.contains(row) }) else {
            preconditionFailure("row \(row) of \(batch)")
        }
        let shard = shards[index]
        let column = row - cut[index].lowerBound
        let B = cut[index].count
        let first = symbols.startIndex
        for step in 0..<time {
            shard.symbols[step * B + column, 0] = Int32(symbols[first + step])
            shard.targets[step * B + column, 0] = Int32(symbols[first + step + 1])
        }
    }

    /// The mean loss of the batch in nats per symbol; its gradient is then in ``gradient``.
    ///
    /// - Complexity: three times the multiply-adds of a forward pass.
    package func run(pool: WorkerPool, noise: StepNoise) -> Double {
        pass.noise = noise
        pass.meter = pool.meter
        pool.run(tasks: shards.count, shardJob)
        pool.run(tasks: gradientTasks.count, gradientJob)
        pool.run(tasks: stackGradient.laterTasks.count, laterJob)
        var total = 0.0
        for index in shards.indices { total += losses[0, index] }
        return total / Double(batch * time)
    }

    /// What differs from one step to the next.
    private final class Pass: @unchecked Sendable {
        // Sendable by hand: written between the pool's runs.
        var noise = StepNoise(dropout: 0, key: 0)
        var meter: StepMeter?
    }

    /// dW (V, H) = Σ dlogitsᵀ · h, and the bias.
    private static func decoderTasks(
        _ weights: ModelWeights, _ shards: [LanguageModelShard], _ gradient: ParameterBlocks, _ time: Int
    ) throws(MatrixError) -> [StackGradient.Task] {
        var tasks: [StackGradient.Task] = []
        let (V, H) = (weights.decoder.weight.rows, weights.decoder.weight.columns)
        let target = gradient["decoder.weight"]
        let bias = gradient["decoder.bias"]
        for start in stride(from: 0, to: V, by: 256) {
            let range = start..<min(start + 256, V)
            var products: [MatrixProduct] = []
            for (index, shard) in shards.enumerated() {
                products.append(
                    try MatrixProduct(
                        library: weights.library, m: range.count, n: H, k: time * shard.stack.rows, leftStride: V,
                        leftTransposed: true, rightStride: H, outputStride: H, accumulates: index > 0,
                        precision: weights.stack.precision))
            }
            tasks.append { [products] meter in
                meter.time(.weightGradients) {
                    for (shard, product) in zip(shards, products) {
                        product.run(
                            left: shard.logitOperand.columns(range), right: shard.stack.output(time: time),
                            output: target.rows(range))
                    }
                }
            }
        }
        tasks.append { meter in
            meter.time(.scatter) {
                bias.fill(0)
                for shard in shards { ElementWise.add(shard.biasGradient, to: bias) }
            }
        }
        return tasks
    }

    /// Forgets the carried states.
    package func resetState() { for shard in shards { shard.stack.resetState() } }

    /// The carried states, shard by shard.
    package var state: [[Float]] {
        get { shards.map(\.stack.state) }
        set {
            precondition(newValue.count == shards.count, "\(newValue.count) states for \(shards.count) shards")
            for (shard, values) in zip(shards, newValue) { shard.stack.setState(values) }
        }
    }
}
