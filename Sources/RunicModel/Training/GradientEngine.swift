package import RunicCells
package import RunicKernels
package import RunicSymbols

/// Computes loss and gradient of a whole batch with several workers.
///
/// It runs in phases, each ended by a barrier: every shard forward and backward; the weight gradients, split by rows of the
/// tensors; the gradients that depend on those. The sums do not depend on which worker runs a task.
package final class GradientEngine: @unchecked Sendable {
    // Sendable by hand: one thread drives it, and the pool's barriers order its workers.
    package let parameters: ModelParameters
    package let weights: ModelWeights
    /// B, and T, the largest number of steps of a pass.
    package let batch: Int
    package let time: Int
    /// The rows of each shard.
    package let shardRows: [Range<Int>]
    /// The number of steps of the next pass.
    private var steps: Int
    private let shards: [LanguageModelShard]
    private let gradientBuffer: AlignedBuffer<Float>
    private let tensors: ParameterBlocks
    private let losses: Block<Double>
    /// The decoder's half of the gradient of tied weights, (V, P), before it is added to the embedding's half.
    private let tiedGradient: Block<Float>
    /// Read by the tasks, which are made once, so that a step allocates nothing.
    private let pass = TaskInput(Pass())
    private let shardJob: @Sendable (Int) -> Void
    /// The phases after the shards, by the length of a pass: made for T at the start, for other lengths on demand.
    private var phases: [Int: [Phase]] = [:]
    /// The stack's gradients of each length, which own the memory that their tasks write.
    private var stackGradients: [StackGradient]
    private let arena = Arena()

    /// - Parameters:
    ///   - regularisation: applied by passes with a key.
    ///   - resets: whether states can be reset within a pass.
    /// - Throws: ``ModelError/matrix(_:)``.
    package init(
        parameters: ModelParameters, precision: Precision, batch: Int, time: Int,
        regularisation: Regularisation = .none, resets: Bool = false
    ) throws(ModelError) {
        self.parameters = parameters
        self.batch = batch
        self.time = time
        steps = time
        shardRows = ShardRows.ranges(batch: batch)
        gradientBuffer = AlignedBuffer(zeros: parameters.layout.length)
        tensors = ParameterBlocks(layout: parameters.layout, whole: gradientBuffer.block)
        losses = arena.block(rows: 1, columns: shardRows.count)
        let decoder = parameters.decoderWeight
        tiedGradient = arena.block(rows: parameters.configuration.tied ? decoder.rows : 0, columns: decoder.columns)
        weights = try ModelWeights(
            parameters: parameters, precision: precision, trains: true, positions: batch * time,
            rowsHint: shardRows[0].count, regularisation: regularisation)
        do {
            var shards: [LanguageModelShard] = []
            for range in shardRows {
                shards.append(
                    try LanguageModelShard(
                        weights: weights, rows: range.count, time: time, trains: true, resets: resets))
            }
            self.shards = shards
            shardJob = { [shards, losses, pass] index in
                let pass = pass.value
                shards[index].stack.meter = pass.step.meter
                losses[0, index] = shards[index].lossAndGradient(
                    time: pass.time, gradientScale: pass.gradientScale,
                    noise: pass.step.key.map { ShardNoise(key: $0, shard: index) }, penalties: pass.penalties)
            }
            let first = try StackGradient(
                shards: shards.map(\.stack), gradient: tensors, time: time, identifiers: shards.map(\.symbols))
            stackGradients = [first]
            phases[time] = try makePhases(first, time: time)
        } catch {
            throw .matrix(error.description)
        }
    }

    /// Independent tasks, ended by a barrier.
    private struct Phase {
        let count: Int
        let job: @Sendable (Int) -> Void

        init(_ tasks: [StackGradient.Task], _ pass: TaskInput<Pass>) {
            count = tasks.count
            job = { tasks[$0](pass.value.step) }
        }
    }

    private func makePhases(_ stack: StackGradient, time: Int) throws(MatrixError) -> [Phase] {
        var tasks = stack.phases
        tasks[0] += try decoderTasks(time)
        if parameters.configuration.tied {
            let (sum, target) = (tiedGradient, tensors["embedding.weight"])
            tasks.append([{ _ in ElementWise.add(sum, to: target) }])
        }
        return tasks.filter { !$0.isEmpty }.map { Phase($0, pass) }
    }

    private func phases(time: Int) -> [Phase] {
        if let found = phases[time] { return found }
        do {
            let stack = try StackGradient(
                shards: shards.map(\.stack), gradient: tensors, time: time, identifiers: shards.map(\.symbols),
                tableGradient: stackGradients[0].sharedTableGradient)
            stackGradients.append(stack)
            let made = try makePhases(stack, time: time)
            phases[time] = made
            return made
        } catch {
            preconditionFailure(error.description)
        }
    }

    /// ∂loss/∂parameters of the last ``run(pool:key:meter:)``, as one row with the parameters' layout.
    package var gradient: Block<Float> { gradientBuffer.block }

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
        guard let index = shardRows.firstIndex(where: { $0.contains(row) }) else {
            preconditionFailure("row \(row) of \(batch)")
        }
        return (shards[index], row - shardRows[index].lowerBound)
    }

    /// Packs the weights, then computes the loss of the batch and its ``gradient``.
    ///
    /// - Parameter key: fixes the noise of the step; nil for no noise.
    /// - Returns: the mean loss in nats per symbol.
    /// - Complexity: three times the multiply-adds of a forward pass.
    package func run(pool: WorkerPool, key: UInt64?, meter: StepMeter? = nil) -> Double {
        let step = StepContext(key: key, meter: meter)
        weights.refresh(pool, step)
        pass.value = Pass(step: step, time: steps, gradientScale: 1 / Float(batch * steps), penalties: penalties)
        pool.run(tasks: shards.count, shardJob)
        for phase in phases(time: steps) { pool.run(tasks: phase.count, phase.job) }
        var total = 0.0
        for index in shards.indices { total += losses[0, index] }
        return total / Double(batch * steps)
    }

    private var penalties: PenaltyFactors {
        let (regularisation, P) = (weights.stack.regularisation, parameters.shape.outputSize)
        var factors = PenaltyFactors()
        factors.activation = Float(2 * regularisation.activationPenalty / Double(batch * steps * P))
        factors.temporal = Float(2 * regularisation.temporalPenalty / Double(batch * max(steps - 1, 1) * P))
        return factors
    }

    private struct Pass {
        var step = StepContext()
        /// The number of steps.
        var time = 0
        var gradientScale: Float = 0
        var penalties = PenaltyFactors()
    }

    /// dW (V, P) = Σ dlogitsᵀ · x, and the bias.
    private func decoderTasks(_ time: Int) throws(MatrixError) -> [StackGradient.Task] {
        var tasks: [StackGradient.Task] = []
        let (V, P) = (weights.decoder.weight.rows, weights.decoder.weight.columns)
        let target = parameters.configuration.tied ? tiedGradient : tensors["decoder.weight"]
        let bias = tensors["decoder.bias"]
        for start in stride(from: 0, to: V, by: 256) {
            let range = start..<min(start + 256, V)
            var products: [MatrixProduct] = []
            for (index, shard) in shards.enumerated() {
                products.append(
                    try MatrixProduct(
                        library: weights.library, m: range.count, n: P, k: time * shard.stack.rows, leftStride: V,
                        leftTransposed: true, rightStride: P, outputStride: P, accumulates: index > 0,
                        precision: weights.stack.precision))
            }
            tasks.append { [products, shards] step in
                step.meter.time(.weightGradients) {
                    for (shard, product) in zip(shards, products) {
                        product.run(
                            left: shard.logitOperand.rows(0..<(time * shard.stack.rows)).columns(range),
                            right: shard.stack.output(time: time), output: target.rows(range))
                    }
                }
            }
        }
        tasks.append { [shards] step in
            step.meter.time(.scatter) {
                bias.fill(0)
                for shard in shards { ElementWise.add(shard.biasGradient, to: bias) }
            }
        }
        return tasks
    }

    /// Sets the carried states to the initial state.
    package func resetState() { for shard in shards { shard.stack.resetState() } }

    /// The carried states, shard by shard; each ends with one value per row: 1 if the row has read nothing yet, else 0.
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
