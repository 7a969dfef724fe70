package import RunicCells
package import RunicKernels
internal import RunicModel

/// One layer of a cell and a readout that answer a problem: parameters, and the gradient of a batch of new sequences.
package final class SequenceEngine: @unchecked Sendable {
    // Sendable by hand: one thread drives it, and the pool's barriers order its workers.
    package let problem: any MemoryProblem
    package let layout: ParameterLayout
    /// B.
    package let batch: Int
    private let parameterBuffer: AlignedBuffer<Float>
    private let gradientBuffer: AlignedBuffer<Float>
    private let weights: StackWeights
    private let readout: SequenceReadout
    private let rowRanges: [Range<Int>]
    private let shards: [SequenceShard]
    private let gradients: StackGradient
    private let readoutTask: @Sendable () -> Void
    /// For each shard the sum of its losses, and how many symbols it recalled.
    private let found: Block<Double>

    /// - Parameters:
    ///   - rememberedSteps: the time scale of chrono initialisation, in steps; nil for the cell's default biases.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        _ problem: any MemoryProblem, cell: any RecurrentCell, hiddenSize: Int, batch: Int, seed: UInt64,
        rememberedSteps: Int?
    ) throws(MatrixError) {
        self.problem = problem
        self.batch = batch
        let shape = StackShape(cell: cell, layers: 1, inputSize: problem.inputSize, hiddenSize: hiddenSize)
        var layout = ParameterLayout()
        shape.appendParameters(to: &layout)
        layout.append(SequenceReadout.weightName, [problem.outputSize, hiddenSize])
        layout.append(SequenceReadout.biasName, [problem.outputSize])
        self.layout = layout
        parameterBuffer = AlignedBuffer(zeros: layout.length)
        gradientBuffer = AlignedBuffer(zeros: layout.length)
        let blocks = ParameterBlocks(layout: layout, whole: parameterBuffer.block)
        let gradient = ParameterBlocks(layout: layout, whole: gradientBuffer.block)
        let inputWeight = StackShape.Names(layer: 0).inputWeight
        // A column that is always 0 adds no variance.
        shape.initialise(blocks, seed: seed, rememberedSteps: rememberedSteps) { entry in
            .uniform(columns: entry.name == inputWeight ? problem.activeInputs : entry.columns)
        }
        let rowRanges = ShardRows.ranges(batch: batch)
        let library = try MatrixLibrary()
        let weights = try StackWeights(
            shape: shape, parameters: blocks, symbolInput: .given, precision: .float32, library: library, trains: true,
            rowsHint: rowRanges[0].count)
        let readout = try SequenceReadout(
            parameters: blocks, library: library, rowsHint: rowRanges[0].count * problem.scored.count)
        var shards: [SequenceShard] = []
        for range in rowRanges {
            shards.append(
                try SequenceShard(problem: problem, weights: weights, readout: readout, rows: range.count))
        }
        let tree = ShardTree(shards: shards.count)
        gradients = try StackGradient(
            shards: shards.map(\.stack), gradient: gradient, time: problem.time, orders: [], tree: tree,
            scratch: ScratchPool(length: StackGradient.scratchLength(shape, tree: tree)), isPart: false)
        found = arena.block(rows: 2, columns: shards.count)
        readoutTask = try Self.readoutTask(shards, gradient, library)
        (self.rowRanges, self.weights, self.readout, self.shards) = (rowRanges, weights, readout, shards)
    }

    private let arena = Arena()

    /// dW (O, H) = Σ dyᵀ · h, and the bias.
    private static func readoutTask(
        _ shards: [SequenceShard], _ gradient: ParameterBlocks, _ library: MatrixLibrary
    ) throws(MatrixError) -> @Sendable () -> Void {
        let weight = gradient[SequenceReadout.weightName]
        let bias = gradient[SequenceReadout.biasName]
        var products: [MatrixProduct] = []
        for (index, shard) in shards.enumerated() {
            products.append(
                try MatrixProduct(
                    library: library, m: weight.rows, n: weight.columns, k: shard.answers.rows, leftStride: weight.rows,
                    leftTransposed: true, rightStride: weight.columns, outputStride: weight.columns,
                    accumulates: index > 0, precision: .float32))
        }
        return { [products] in
            bias.fill(0)
            for (shard, product) in zip(shards, products) {
                product.run(left: Operand(shard.answers), right: shard.scoredOutput, output: weight)
                ElementWise.add(shard.biasGradient, to: bias)
            }
        }
    }

    /// The parameters as one row, and the gradient of the last batch in the same layout.
    package var parameters: Block<Float> { parameterBuffer.block }
    package var gradient: Block<Float> { gradientBuffer.block }
    /// The parameters by name.
    package var blocks: ParameterBlocks { ParameterBlocks(layout: layout, whole: parameters) }

    /// Loss and gradient of a batch of new sequences.
    ///
    /// - Parameter makeSequence: makes the sequence of a row; called by the workers.
    /// - Returns: the mean loss, and the fraction of recalled symbols where there are any.
    /// - Complexity: 3 · T · B · G · (D + H) multiply-adds.
    package func run(
        pool: WorkerPool, _ makeSequence: @escaping @Sendable (_ row: Int) -> MemorySequence
    ) -> (loss: Double, recalled: Double?) {
        let refresh = weights.refreshTasks
        pool.run(tasks: refresh.count + 1) { [readout] task in
            if task < refresh.count { refresh[task](nil) } else { readout.refresh() }
        }
        let answers = batch * problem.scored.count
        pool.run(tasks: shards.count) { [shards, rowRanges, found] index in
            for row in rowRanges[index] { shards[index].set(makeSequence(row), row: row - rowRanges[index].lowerBound) }
            let outcome = shards[index].run(gradientScale: 1 / Float(answers))
            found[0, index] = outcome.loss
            found[1, index] = Double(outcome.recalled)
        }
        for phase in gradients.phases where !phase.isEmpty {
            pool.run(tasks: phase.count) { phase[$0](StepContext()) }
        }
        readoutTask()
        let sums = (0..<2).map { kind in shards.indices.reduce(0.0) { $0 + found[kind, $1] } }
        guard case .crossEntropy(let count) = problem.objective else { return (sums[0] / Double(answers), nil) }
        return (sums[0] / Double(answers), sums[1] / Double(batch * count))
    }
}
