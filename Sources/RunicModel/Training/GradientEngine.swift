package import RunicCells
package import RunicKernels
package import RunicSymbols

/// Computes loss and gradient of a whole batch with several workers.
///
/// It runs in phases, each ended by a barrier: every shard forward and backward; the weight gradients, split by rows of the
/// tensors; the gradients that depend on those. The sums do not depend on which worker runs a task, nor on how many processes
/// share the batch: each computes its shards and its part of the tree in which they are added.
package final class GradientEngine: @unchecked Sendable {
    // Sendable by hand: one thread drives it, and the pool's barriers order its workers.
    package let parameters: ModelParameters
    package let weights: ModelWeights
    /// B, that of all processes, and T, the largest number of steps of a pass.
    package let batch: Int
    package let time: Int
    /// The rows of each shard, in all processes.
    package let shardRows: [Range<Int>]
    /// The shards that this process computes.
    package let ownShards: Range<Int>
    private let tree: ShardTree
    private let scratch: ScratchPool
    private let exchange: Exchange?
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

    /// Adds what other processes have computed to the sums of this one, in the order of the tree.
    package typealias Exchange = (_ sums: [Block<Float>], _ loss: inout Double) -> Void

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
        exchange: Exchange? = nil
    ) throws(ModelError) {
        self.parameters = parameters
        self.batch = batch
        self.time = time
        steps = time
        shardRows = ShardRows.ranges(batch: batch)
        ownShards = part.shards(of: shardRows.count)
        tree = ShardTree(shards: ownShards.count, of: shardRows.count)
        self.exchange = exchange
        let decoderRows = min(parameters.decoderWeight.rows, Self.decoderTaskRows)
        scratch = ScratchPool(
            length: max(
                StackGradient.scratchLength(parameters.shape, tree: tree),
                tree.waitingSums * decoderRows * parameters.decoderWeight.columns))
        gradientBuffer = AlignedBuffer(zeros: parameters.layout.length)
        tensors = ParameterBlocks(layout: parameters.layout, whole: gradientBuffer.block)
        losses = arena.block(rows: 1, columns: ownShards.count)
        let decoder = parameters.decoderWeight
        tiedGradient = arena.block(rows: parameters.configuration.tied ? decoder.rows : 0, columns: decoder.columns)
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
            shardJob = { [shards, losses, pass, first = ownShards.lowerBound] index in
                let pass = pass.value
                shards[index].stack.meter = pass.step.meter
                losses[0, index] = shards[index].lossAndGradient(
                    time: pass.time, gradientScale: pass.gradientScale,
                    noise: pass.step.key.map { ShardNoise(key: $0, shard: first + index) }, penalties: pass.penalties)
            }
            let first = try StackGradient(
                shards: shards.map(\.stack), gradient: tensors, time: time, orders: shards.map(\.order), tree: tree,
                scratch: scratch, isPart: exchange != nil)
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
                shards: shards.map(\.stack), gradient: tensors, time: time, orders: shards.map(\.order), tree: tree,
                scratch: scratch, isPart: exchange != nil, tableGradient: stackGradients[0].sharedTableGradient)
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
        pass.value = Pass(step: step, time: steps, gradientScale: 1 / Float(batch * steps), penalties: penalties)
        pool.run(tasks: shards.count, shardJob)
        var total = tree.sum { losses[0, $0] }
        for (index, phase) in phases(time: steps).enumerated() {
            pool.run(tasks: phase.count, phase.job)
            if index == 0, let exchange { exchange(sums, &total) }
        }
        return total / Double(batch * steps)
    }

    /// What the first phase has summed over the shards.
    private var sums: [Block<Float>] {
        [gradient, stackGradients[0].sharedTableGradient, tiedGradient].filter { $0.count > 0 }
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

    /// The rows of the decoder's gradient that a task computes.
    private static let decoderTaskRows = 256

    /// dW (V, P) = Σ dlogitsᵀ · x, and the bias.
    private func decoderTasks(_ time: Int) throws(MatrixError) -> [StackGradient.Task] {
        var tasks: [StackGradient.Task] = []
        let V = weights.decoder.weight.rows
        let target = parameters.configuration.tied ? tiedGradient : tensors["decoder.weight"]
        let bias = tensors["decoder.bias"]
        for start in stride(from: 0, to: V, by: Self.decoderTaskRows) {
            let range = start..<min(start + Self.decoderTaskRows, V)
            let product = try ShardProduct(
                tree, library: weights.library, rows: shards.map { time * $0.stack.rows }, target: target.rows(range),
                leftStride: V, precision: weights.stack.precision)
            tasks.append { [shards, scratch] step in
                step.meter.time(.weightGradients) {
                    product.run(to: target.rows(range), scratch: scratch) { index in
                        let shard = shards[index]
                        return (
                            shard.logitOperand.rows(0..<(time * shard.stack.rows)).columns(range),
                            shard.stack.output(time: time)
                        )
                    }
                }
            }
        }
        let waiting: Block<Float> = arena.block(rows: tree.waitingSums, columns: V)
        tasks.append { [shards, tree] step in
            step.meter.time(.scatter) { tree.sum({ shards[$0].biasGradient }, to: bias, scratch: waiting) }
        }
        return tasks
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
