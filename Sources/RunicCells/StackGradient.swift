package import RunicKernels

/// The gradients of a stack's parameters, from the gate gradients that the shards left behind.
///
/// Each task makes some rows of one tensor out of all shards, in the order of the shards, so that the sums do not
/// depend on who runs it. Tasks of the first list are independent; those of the second need all of the first.
package final class StackGradient: @unchecked Sendable {
    // Sendable by hand: every task writes its own rows of the gradient and uses its own products.
    package typealias Task = @Sendable (StepMeter?) -> Void
    package private(set) var tasks: [Task] = []
    package private(set) var laterTasks: [Task] = []
    private let shards: [StackShard]
    private let weights: StackWeights
    private let time: Int
    private let arena = Arena()

    /// - Parameters:
    ///   - gradient: the buffer the tasks fill; they overwrite, so it need not be cleared.
    ///   - time: the steps of each pass.
    ///   - identifiers: of each shard, (T · B), the blocks that the passes use.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        shards: [StackShard], gradient: ParameterBlocks, time: Int, identifiers: [Block<Int32>]
    ) throws(MatrixError) {
        precondition(!shards.isEmpty && shards.count == identifiers.count, "\(shards.count) shards")
        self.shards = shards
        self.time = time
        weights = shards[0].weights
        let shape = weights.shape
        let piece = min(max(shape.gateSize / 4, 64), 512)
        for layer in 0..<shape.layers {
            let names = StackShape.Names(layer: layer)
            for start in stride(from: 0, to: shape.gateSize, by: piece) {
                let range = start..<min(start + piece, shape.gateSize)
                try addHiddenWeight(layer, range, gradient[names.hiddenWeight].rows(range))
                if layer == 0 && weights.symbolInput == .table {
                    try addTable(range, gradient[names.inputWeight].rows(range), identifiers)
                } else {
                    try addInputWeight(layer, range, gradient[names.inputWeight].rows(range))
                }
            }
            addBiases(layer, gradient[names.inputBias], gradient[names.hiddenBias])
        }
        try addEmbedding(gradient["embedding.weight"], identifiers)
    }

    /// One product `target = leftᵀ · right` over the shards, summed in their order.
    private func transposedProducts(
        m: Int, n: Int, leftStride: Int, rightStride: Int, outputStride: Int
    ) throws(MatrixError) -> [MatrixProduct] {
        var made: [MatrixProduct] = []
        for (index, shard) in shards.enumerated() {
            made.append(
                try MatrixProduct(
                    library: weights.library, m: m, n: n, k: time * shard.rows, leftStride: leftStride,
                    leftTransposed: true, rightStride: rightStride, outputStride: outputStride,
                    accumulates: index > 0, precision: weights.precision))
        }
        return made
    }

    /// dWh (G, H) = Σ_t δ_tᵀ · h_{t−1}.
    private func addHiddenWeight(_ layer: Int, _ range: Range<Int>, _ target: Block<Float>) throws(MatrixError) {
        let (G, H) = (weights.shape.gateSize, weights.shape.hiddenSize)
        let products = try transposedProducts(
            m: range.count, n: H, leftStride: G, rightStride: H, outputStride: target.stride)
        tasks.append { [shards, time] meter in
            meter.time(.weightGradients) {
                for (shard, product) in zip(shards, products) {
                    let memory = shard.layers[layer]
                    let count = time * shard.rows
                    product.run(
                        left: memory.recurrentOperand.columns(range), right: memory.hiddenOperand.rows(0..<count),
                        output: target)
                }
            }
        }
    }

    /// dWx (G, D) = Σ_t δ_tᵀ · x_t.
    private func addInputWeight(
        _ layer: Int, _ range: Range<Int>, _ target: Block<Float>
    ) throws(MatrixError) {
        let (G, D) = (weights.shape.gateSize, weights.shape.inputSize(ofLayer: layer))
        let products = try transposedProducts(
            m: range.count, n: D, leftStride: G, rightStride: D, outputStride: target.stride)
        tasks.append { [shards, time] meter in
            meter.time(.weightGradients) {
                for (shard, product) in zip(shards, products) {
                    product.run(
                        left: shard.layers[layer].gateOperand.columns(range),
                        right: shard.inputOperand(of: layer, 0..<(time * shard.rows)), output: target)
                }
            }
        }
    }

    /// The table's gradient: every position adds its gate gradients to the row of its symbol; then
    /// dWx (G, D) = tableᵀ · embedding.
    private func addTable(
        _ range: Range<Int>, _ target: Block<Float>, _ identifiers: [Block<Int32>]
    ) throws(MatrixError) {
        let table: Block<Float> = tableGradient.columns(range)
        let (embedding, D) = (weights.embedding, weights.shape.inputSize)
        let product = try MatrixProduct(
            library: weights.library, m: range.count, n: D, k: embedding.rows, leftStride: table.stride,
            leftTransposed: true, rightStride: D, outputStride: target.stride, accumulates: false,
            precision: .float32)
        tasks.append { [shards, time] meter in
            meter.time(.scatter) {
                table.fill(0)
                for (shard, symbols) in zip(shards, identifiers) {
                    let count = time * shard.rows
                    ElementWise.scatterAdd(
                        shard.layers[0].gates.rows(0..<count).columns(range),
                        symbols.reshaped(rows: count, columns: 1), to: table)
                }
            }
            meter.time(.weightGradients) {
                product.run(left: Operand(table), right: Operand(embedding), output: target)
            }
        }
    }

    /// (V, G), the gradient of layer 0's table.
    private lazy var tableGradient: Block<Float> = arena.block(
        rows: weights.embedding.rows, columns: weights.shape.gateSize)

    private func addBiases(_ layer: Int, _ input: Block<Float>, _ hidden: Block<Float>) {
        let sum: Block<Float> = arena.block(rows: 1, columns: weights.biases.columns)
        tasks.append { [shards, weights] meter in
            meter.time(.scatter) {
                sum.fill(0)
                for shard in shards { ElementWise.add(shard.layers[layer].biasGradient, to: sum) }
                weights.shape.cell.splitBiasGradient(sum, input: input, hidden: hidden)
            }
        }
    }

    /// With a table, dE (V, D) = table gradient · Wx_0; else every position adds its row.
    private func addEmbedding(_ target: Block<Float>, _ identifiers: [Block<Int32>]) throws(MatrixError) {
        let D = weights.shape.inputSize
        let G = weights.shape.gateSize
        let piece = min(max(D / 4, 32), 128)
        for start in stride(from: 0, to: D, by: piece) {
            let range = start..<min(start + piece, D)
            let part = target.columns(range)
            if weights.symbolInput == .table {
                let product = try MatrixProduct(
                    library: weights.library, m: target.rows, n: range.count, k: G, leftStride: G,
                    leftTransposed: false, rightStride: D, outputStride: target.stride, accumulates: false,
                    precision: .float32)
                let (table, weight) = (tableGradient, weights.firstInputWeight.columns(range))
                laterTasks.append { meter in
                    meter.time(.weightGradients) {
                        product.run(left: Operand(table), right: Operand(weight), output: part)
                    }
                }
            } else {
                tasks.append { [shards, time] meter in
                    meter.time(.scatter) {
                        part.fill(0)
                        for (shard, symbols) in zip(shards, identifiers) {
                            let count = time * shard.rows
                            ElementWise.scatterAdd(
                                shard.embeddingGradient.rows(0..<count).columns(range),
                                symbols.reshaped(rows: count, columns: 1), to: part)
                        }
                    }
                }
            }
        }
    }
}
