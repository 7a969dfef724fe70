package import RunicCells
package import RunicKernels
internal import RunicModel
internal import RunicTraining

/// One layer of a cell and a readout that answer a problem: parameters, and the step that trains them on new sequences.
package final class SequenceEngine: GradientStep {
    package let problem: any MemoryProblem
    package let layout: ParameterLayout
    /// B.
    package let batch: Int
    private let parameterBuffer: AlignedBuffer<Float>
    private let weights: StackWeights
    private let head: SequenceHead
    private let whole: BatchGradient
    private let updates: HostUpdates
    private let pool: WorkerPool

    /// - Parameters:
    ///   - rememberedSteps: the time scale of chrono initialisation, in steps; nil for the cell's default biases.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        _ problem: any MemoryProblem, cell: any RecurrentCell, hiddenSize: Int, batch: Int, seed: UInt64,
        rememberedSteps: Int?, pool: WorkerPool
    ) throws(MatrixError) {
        self.problem = problem
        self.batch = batch
        self.pool = pool
        let shape = StackShape(cell: cell, layers: 1, inputSize: problem.inputSize, hiddenSize: hiddenSize)
        var layout = ParameterLayout()
        shape.appendParameters(to: &layout)
        layout.append(SequenceReadout.weightName, [problem.outputSize, hiddenSize])
        layout.append(SequenceReadout.biasName, [problem.outputSize])
        self.layout = layout
        parameterBuffer = AlignedBuffer(zeros: layout.length)
        let blocks = ParameterBlocks(layout: layout, whole: parameterBuffer.block)
        let inputWeight = StackShape.Names(layer: 0).inputWeight
        // A column that is always 0 adds no variance.
        shape.initialise(blocks, seed: seed, rememberedSteps: rememberedSteps) { entry in
            .uniform(columns: entry.name == inputWeight ? problem.activeInputs : entry.columns)
        }
        let library = try MatrixLibrary()
        weights = try StackWeights(
            shape: shape, parameters: blocks, symbolInput: .given, precision: .float32, library: library, trains: true,
            rowsHint: ShardRows.ranges(batch: batch)[0].count)
        head = try SequenceHead(problem, weights: weights, parameters: blocks, library: library, batch: batch)
        whole = try BatchGradient(head, layout: layout, time: problem.time, shards: head.stacks.count)
        updates = HostUpdates(
            parameters: parameterBuffer.block, gradient: whole.gradient, layout: layout,
            optimizer: RuleOptimizer(
                AdamRule(beta1: 0.9, beta2: 0.999, epsilon: 1e-8, isDecoupled: false), layout: layout, decay: 0),
            pool: pool)
    }

    /// The parameters as one row, and the gradient of the last batch in the same layout.
    package var parameters: Block<Float> { parameterBuffer.block }
    package var gradient: Block<Float> { whole.gradient }
    /// The parameters by name.
    package var blocks: ParameterBlocks { ParameterBlocks(layout: layout, whole: parameters) }

    /// Sets how the next sequences are made.
    ///
    /// - Parameter makeSequence: makes the sequence of a row; called by the workers.
    package func setRows(_ makeSequence: @escaping @Sendable (_ row: Int) -> MemorySequence) {
        head.makeSequence = makeSequence
    }

    /// Computes the gradient of new sequences; there is no noise, whatever the key.
    ///
    /// - Returns: the mean loss of an answer.
    /// - Complexity: 3 · T · B · G · (D + H) multiply-adds.
    package func gradient(key: UInt64?) -> Double {
        let refresh = weights.refreshTasks
        pool.run(tasks: refresh.count + 1) { [head] task in
            if task < refresh.count { refresh[task](nil) } else { head.refresh() }
        }
        return whole.run(pool: pool, GradientPass(step: StepContext(), time: problem.time))
            / Double(batch * problem.scored.count)
    }

    /// The fraction of the symbols to be remembered that the last sequences recalled; nil for a problem without any.
    package var recalled: Double? {
        guard case .crossEntropy(let count) = problem.objective else { return nil }
        return head.recalled / Double(batch * count)
    }

    package func gradientNorm() -> Double { updates.gradientNorm() }

    package func update(gradientScale: Float, learningRate: Double) {
        updates.update(gradientScale: gradientScale, learningRate: learningRate)
    }
}
