internal import RunicCells
internal import RunicKernels

/// The softmax over the symbols, as the head of a batch.
final class LanguageModelHead: GradientHead {
    let shards: [LanguageModelShard]
    let stacks: [StackShard]
    let orders: [SymbolOrder]
    private let weights: ModelWeights
    private let batch: Int
    private let firstShard: Int
    /// The decoder's half of the gradient of tied weights, (V, P), before it is added to the embedding's half.
    private let tiedGradient: Block<Float>
    private let arena = Arena()

    /// - Parameters:
    ///   - batch: B, that of all processes.
    ///   - firstShard: the number of the first of these shards among those of the batch.
    init(_ shards: [LanguageModelShard], weights: ModelWeights, batch: Int, firstShard: Int) {
        self.shards = shards
        stacks = shards.map(\.stack)
        orders = shards.map(\.order)
        (self.weights, self.batch, self.firstShard) = (weights, batch, firstShard)
        let decoder = weights.parameters.decoderWeight
        tiedGradient = arena.block(
            rows: weights.parameters.configuration.tied ? decoder.rows : 0, columns: decoder.columns)
    }

    var sums: [Block<Float>] { [tiedGradient] }

    func scratchLength(_ tree: ShardTree) -> Int {
        let decoder = weights.parameters.decoderWeight
        return tree.waitingSums * min(decoder.rows, Self.taskRows) * decoder.columns
    }

    func run(shard index: Int, _ pass: GradientPass) -> Double {
        let shard = shards[index]
        shard.stack.meter = pass.step.meter
        return shard.lossAndGradient(
            time: pass.time, gradientScale: 1 / Float(batch * pass.time),
            noise: pass.step.key.map { ShardNoise(key: $0, shard: firstShard + index) },
            penalties: penalties(steps: pass.time))
    }

    private func penalties(steps: Int) -> PenaltyFactors {
        let (regularisation, P) = (weights.stack.regularisation, weights.parameters.shape.outputSize)
        var factors = PenaltyFactors()
        factors.activation = Float(2 * regularisation.activationPenalty / Double(batch * steps * P))
        factors.temporal = Float(2 * regularisation.temporalPenalty / Double(batch * max(steps - 1, 1) * P))
        return factors
    }

    /// The rows of the decoder's gradient that a task computes.
    private static let taskRows = 256

    /// dW (V, P) = Σ dlogitsᵀ · x, and the bias; tied weights then add the embedding's half.
    func tasks(
        time: Int, to gradient: ParameterBlocks, tree: ShardTree, scratch: ScratchPool
    ) throws(MatrixError) -> [[StackGradient.Task]] {
        var tasks: [StackGradient.Task] = []
        let isTied = weights.parameters.configuration.tied
        let target = isTied ? tiedGradient : gradient["decoder.weight"]
        for start in stride(from: 0, to: target.rows, by: Self.taskRows) {
            let range = start..<min(start + Self.taskRows, target.rows)
            let product = try ShardProduct(
                tree, library: weights.library, rows: shards.map { time * $0.stack.rows }, target: target.rows(range),
                leftStride: target.rows, precision: weights.stack.precision)
            tasks.append { [shards] step in
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
        let bias = gradient["decoder.bias"]
        let waiting: Block<Float> = arena.block(rows: tree.waitingSums, columns: bias.columns)
        tasks.append { [shards] step in
            step.meter.time(.scatter) { tree.sum({ shards[$0].biasGradient }, to: bias, scratch: waiting) }
        }
        guard isTied else { return [tasks] }
        let embedding = gradient["embedding.weight"]
        return [tasks, [], [], [{ _ in ElementWise.add(target, to: embedding) }]]
    }
}
