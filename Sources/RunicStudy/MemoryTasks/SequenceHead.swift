internal import RunicCells
internal import RunicKernels
internal import RunicModel

/// The answers to a problem, as the head of a batch.
final class SequenceHead: GradientHead, @unchecked Sendable {
    // Sendable by hand: `makeSequence` changes only between passes.
    let stacks: [StackShard]
    private let shards: [SequenceShard]
    private let rowRanges: [Range<Int>]
    private let readout: SequenceReadout
    private let library: MatrixLibrary
    private let scale: Float
    /// Makes the sequence of a row of the batch; called by the workers.
    var makeSequence: @Sendable (_ row: Int) -> MemorySequence
    /// How many symbols each shard recalled in the last pass.
    private let recalledSymbols: Block<Double>
    private let arena = Arena()

    /// - Throws: ``MatrixError/unsupported(_:)``.
    init(
        _ problem: any MemoryProblem, weights: StackWeights, parameters: ParameterBlocks, library: MatrixLibrary,
        batch: Int
    ) throws(MatrixError) {
        rowRanges = ShardRows.ranges(batch: batch)
        readout = try SequenceReadout(
            parameters: parameters, library: library, rowsHint: rowRanges[0].count * problem.scored.count)
        var shards: [SequenceShard] = []
        for range in rowRanges {
            shards.append(
                try SequenceShard(problem: problem, weights: weights, readout: readout, rows: range.count))
        }
        self.shards = shards
        self.library = library
        stacks = shards.map(\.stack)
        scale = 1 / Float(batch * problem.scored.count)
        let silence = [Float](repeating: 0, count: problem.time * problem.inputSize)
        makeSequence = { _ in
            MemorySequence(inputs: silence, targets: [Float](repeating: 0, count: problem.scored.count))
        }
        recalledSymbols = arena.block(rows: 1, columns: shards.count)
    }

    /// The symbols that the last pass recalled.
    var recalled: Double { shards.indices.reduce(0) { $0 + recalledSymbols[0, $1] } }

    /// Brings the packed readout up to date with the parameters.
    func refresh() { readout.refresh() }

    func scratchLength(_ tree: ShardTree) -> Int { tree.waitingSums * readout.weight.count }

    func run(shard index: Int, _ pass: GradientPass) -> Double {
        let (shard, rows) = (shards[index], rowRanges[index])
        for row in rows { shard.set(makeSequence(row), row: row - rows.lowerBound) }
        let outcome = shard.run(gradientScale: scale)
        recalledSymbols[0, index] = Double(outcome.recalled)
        return outcome.loss
    }

    /// dW (O, H) = Σ dyᵀ · h, and the bias.
    func tasks(
        time: Int, to gradient: ParameterBlocks, tree: ShardTree, scratch: ScratchPool
    ) throws(MatrixError) -> [[StackGradient.Task]] {
        let weight = gradient[SequenceReadout.weightName]
        let bias = gradient[SequenceReadout.biasName]
        let product = try ShardProduct(
            tree, library: library, rows: shards.map(\.answers.rows), target: weight, leftStride: weight.rows,
            precision: .float32)
        let waiting: Block<Float> = arena.block(rows: tree.waitingSums, columns: bias.columns)
        return [
            [
                { [shards] _ in
                    product.run(to: weight, scratch: scratch) { (Operand(shards[$0].answers), shards[$0].scoredOutput) }
                },
                { [shards] _ in tree.sum({ shards[$0].biasGradient }, to: bias, scratch: waiting) },
            ]
        ]
    }
}
