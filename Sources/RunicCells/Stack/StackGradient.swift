package import RunicKernels

/// The gradients of a stack's parameters, computed from the shards' gate gradients, for passes of one length.
///
/// Each task computes some rows of one tensor from all shards, added in the order of a ``ShardTree``, so that the sums do
/// not depend on the worker that runs it. The tasks of a phase are independent; each phase needs all earlier ones. Only the
/// first reads the shards: between it and the second, processes that share a batch add up what they have.
package final class StackGradient: @unchecked Sendable {
    // Sendable by hand: every task writes its own rows of the gradient and uses its own products.

    package typealias Task = @Sendable (StepContext) -> Void

    package private(set) var phases: [[Task]] = [[], [], []]
    private let shards: [StackShard]
    private let weights: StackWeights
    private let time: Int
    private let tree: ShardTree
    private let scratch: ScratchPool
    private let isPart: Bool
    private let tableGradient: Block<Float>
    private let tableGainGradient: Block<Float>
    private let arena = Arena()

    /// - Parameters:
    ///   - gradient: the buffer that the tasks overwrite; it need not be cleared.
    ///   - time: the number of steps of each pass.
    ///   - orders: the order of each shard's rows by symbol, kept up to date by the passes; empty if the input is given.
    ///   - tree: the order in which the shards are added.
    ///   - scratch: at least ``scratchLength(_:tree:)`` floats a piece.
    ///   - isPart: whether other shards are added between the first two phases.
    ///   - tableGradient: (V, G), shared with the gradients of other lengths; nil to allocate one.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        shards: [StackShard], gradient: ParameterBlocks, time: Int, orders: [SymbolOrder], tree: ShardTree,
        scratch: ScratchPool, isPart: Bool, tableGradient shared: Block<Float>? = nil
    ) throws(MatrixError) {
        precondition(shards.count == tree.groups * tree.groupSize, "\(shards.count) shards")
        self.shards = shards
        self.time = time
        self.tree = tree
        self.scratch = scratch
        self.isPart = isPart
        weights = shards[0].weights
        let shape = weights.shape
        let hasTable = weights.symbolInput == .table
        firstSummed = hasTable ? gradient.layout.entry(StackShape.Names(layer: 0).inputWeight).range.upperBound : 0
        tableGradient =
            shared ?? arena.block(rows: hasTable ? weights.embedding.rows : 0, columns: shape.gateSize)
        tableGainGradient = arena.block(rows: 1, columns: weights.layers[0].inputGain.columns)
        for layer in 0..<shape.layers {
            let names = StackShape.Names(layer: layer)
            try addHiddenWeight(layer, gradient[names.hiddenWeight])
            if layer == 0 && hasTable {
                try addTable(gradient[names.inputWeight], orders)
            } else {
                try addInputWeight(layer, gradient[names.inputWeight])
            }
            if shape.options.projectionSize != nil { try addProjection(layer, gradient[names.projection]) }
            addVectors(layer, gradient)
        }
        switch weights.symbolInput {
        case .table: try addTableEmbedding(gradient["embedding.weight"])
        case .gather: addGatheredEmbedding(gradient["embedding.weight"], orders)
        case .given: break
        }
    }

    /// The first element of the gradient that the first phase sums over the shards: with a table, the gradients of embedding
    /// and first input weight, which come first, are computed from the table's.
    package let firstSummed: Int

    /// The gradient of the table, for the gradients of other lengths.
    package var sharedTableGradient: Block<Float> { tableGradient }

    /// The rows of a weight gradient, split among tasks.
    private func rowRanges(_ rows: Int) -> [Range<Int>] {
        let length = Self.mostRows(weights.shape)
        return stride(from: 0, to: rows, by: length).map { $0..<min($0 + length, rows) }
    }

    /// The largest number of rows of a task.
    private static func mostRows(_ shape: StackShape) -> Int { min(max(shape.gateSize / 4, 64), 512) }

    /// The floats of scratch memory that a task needs.
    package static func scratchLength(_ shape: StackShape, tree: ShardTree) -> Int {
        let widest = max(shape.outputSize, shape.inputSize, shape.hiddenSize)
        return tree.waitingSums * mostRows(shape) * widest
    }

    /// target = Σ leftᵀ · right over the shards.
    ///
    /// - Parameters:
    ///   - columns: the columns of the left sides to use, (T · B, columns).
    ///   - left: the left side of a shard's product, (T · B, …); `right` likewise.
    private func addProduct(
        to target: Block<Float>, leftStride: Int, columns: Range<Int>,
        left: @escaping @Sendable (StackShard) -> Operand,
        right: @escaping @Sendable (StackShard) -> Operand
    ) throws(MatrixError) {
        let product = try ShardProduct(
            tree, library: weights.library, rows: shards.map { time * $0.rows }, target: target,
            leftStride: leftStride, precision: weights.precision)
        phases[0].append { [shards, time, scratch] step in
            step.meter.time(.weightGradients) {
                product.run(to: target, scratch: scratch) { index in
                    let rows = 0..<(time * shards[index].rows)
                    return (left(shards[index]).rows(rows).columns(columns), right(shards[index]).rows(rows))
                }
            }
        }
    }

    /// dWh (G, P) = Σ_t δ_tᵀ · h_{t−1}; for late gates, Σ_t δ_tᵀ · mixture_t.
    private func addHiddenWeight(_ layer: Int, _ target: Block<Float>) throws(MatrixError) {
        let (E, L) = (weights.shape.earlySize, weights.shape.lateSize)
        for range in rowRanges(E) {
            try addProduct(
                to: target.rows(range), leftStride: E, columns: range, left: { $0.layers[layer].recurrentOperand },
                right: { shard in
                    shard.recurrentInput(layer, 0..<(shard.time * shard.rows))
                })
            addWeightMasking(layer, target.rows(range), firstRow: range.lowerBound)
        }
        for range in rowRanges(L) {
            let rows = (E + range.lowerBound)..<(E + range.upperBound)
            try addProduct(
                to: target.rows(rows), leftStride: L, columns: range, left: { $0.layers[layer].lateOperand },
                right: { $0.layers[layer].mixedInput })
            addWeightMasking(layer, target.rows(rows), firstRow: rows.lowerBound)
        }
    }

    /// Zeroes the gradient of dropped weights, and scales the others.
    private func addWeightMasking(_ layer: Int, _ target: Block<Float>, firstRow: Int) {
        let probability = weights.regularisation.weightDrop
        guard probability > 0 else { return }
        phases[1].append { step in
            guard let key = step.key else { return }
            ElementWise.dropout(
                target, ShardNoise.weightMask(key: key, layer: layer, probability: probability),
                first: firstRow * target.columns, to: Operand(target))
        }
    }

    /// dWx (G, D) = Σ_t δ_tᵀ · x_t.
    private func addInputWeight(_ layer: Int, _ target: Block<Float>) throws(MatrixError) {
        for range in rowRanges(weights.shape.gateSize) {
            try addProduct(
                to: target.rows(range), leftStride: weights.shape.gateSize, columns: range,
                left: { $0.layers[layer].gateOperand },
                right: { shard in shard.inputOperand(of: layer, 0..<(shard.time * shard.rows)) })
        }
    }

    /// dW_hr (P, H) = Σ_t dh_tᵀ · (o ⊙ tanh c)_t.
    private func addProjection(_ layer: Int, _ target: Block<Float>) throws(MatrixError) {
        for range in rowRanges(target.rows) {
            try addProduct(
                to: target.rows(range), leftStride: target.rows, columns: range,
                left: { $0.layers[layer].projectedGradientOperand }, right: { $0.layers[layer].unprojectedOperand })
        }
    }

    /// The table's gradient: every position adds its gate gradients to the row of its symbol. A normalised table then needs
    /// its normalisation backward. Finally dWx (G, D) = tableᵀ · embedding.
    private func addTable(_ target: Block<Float>, _ orders: [SymbolOrder]) throws(MatrixError) {
        let sums = SymbolSums(zip(shards, orders).map { ($0.layers[0].gates, $1) }, groups: tree.groups)
        let (embedding, D, normalises) = (weights.embedding, weights.shape.inputSize, weights.shape.options.layerNorm)
        for range in rowRanges(weights.shape.gateSize) {
            let table = tableGradient.columns(range)
            let product = try MatrixProduct(
                library: weights.library, m: range.count, n: D, k: embedding.rows, leftStride: table.stride,
                leftTransposed: true, rightStride: D, outputStride: target.stride, accumulates: false,
                precision: .float32)
            let collect: Task = { [scratch] step in
                step.meter.time(.scatter) { scratch.withScratch { sums.sum(range, to: table, scratch: $0) } }
            }
            let multiply: Task = { step in
                step.meter.time(.weightGradients) {
                    product.run(left: Operand(table), right: Operand(embedding), output: target.rows(range))
                }
            }
            if normalises || isPart {
                phases[0].append(collect)
                phases[2].append(multiply)
            } else {
                phases[0].append { step in
                    collect(step)
                    multiply(step)
                }
            }
        }
        guard normalises else { return }
        phases[1].append { [weights, tableGradient, tableGainGradient] _ in
            tableGainGradient.fill(0)
            weights.shape.normaliseBackward(
                tableGradient, gain: weights.layers[0].inputGain, kept: (weights.normalisedTable, weights.tableInverse),
                to: tableGradient, gainGradient: tableGainGradient)
        }
    }

    /// Biases, further vectors, gains and initial states: the shards have summed their rows already.
    private func addVectors(_ layer: Int, _ gradient: ParameterBlocks) {
        let (shape, names) = (weights.shape, StackShape.Names(layer: layer))
        let H = shape.hiddenSize
        let biasSize = shape.biasSize
        let sum: Block<Float> = arena.block(rows: 1, columns: shape.vectorSize)
        let waiting: Block<Float> = arena.block(rows: tree.waitingSums, columns: shape.vectorSize)
        let (input, hidden) = (gradient[names.inputBias], gradient[names.hiddenBias])
        let further = shape.cell.furtherVectors.map { gradient[names.vector($0)] }
        phases[0].append { [shards, shape, tree] step in
            step.meter.time(.scatter) {
                tree.sum({ shards[$0].layers[layer].vectorGradient }, to: sum, scratch: waiting)
                shape.cell.splitBiasGradient(sum.columns(0..<biasSize), input: input, hidden: hidden)
                for (index, target) in further.enumerated() {
                    target.assign(from: sum.columns((biasSize + index * H)..<(biasSize + (index + 1) * H)))
                }
            }
        }
        func addSum(_ name: String, _ row: @escaping @Sendable (StackShard) -> Block<Float>) {
            let target = gradient[name]
            let waiting: Block<Float> = arena.block(rows: tree.waitingSums, columns: target.columns)
            phases[0].append { [shards, tree] _ in
                tree.sum({ row(shards[$0]) }, to: target, scratch: waiting)
            }
        }
        if shape.options.layerNorm {
            addSum(names.hiddenGain) { $0.layers[layer].hiddenGainGradient }
            if layer == 0 && weights.symbolInput == .table {
                let target = gradient[names.inputGain]
                phases[2].append { [tableGainGradient] _ in target.assign(from: tableGainGradient) }
            } else {
                addSum(names.inputGain) { $0.layers[layer].inputGainGradient }
            }
        }
        if shape.options.learnsInitialState {
            addSum(names.initialHidden) { $0.layers[layer].initialHiddenGradient }
            if shape.auxiliarySize > 0 { addSum(names.initialCell) { $0.layers[layer].initialAuxiliaryGradient } }
        }
    }

    /// The columns of the embedding's gradient, split among tasks.
    private func columnRanges(_ target: Block<Float>) -> [Range<Int>] {
        let length = min(max(target.columns / 4, 32), 128)
        return stride(from: 0, to: target.columns, by: length).map { $0..<min($0 + length, target.columns) }
    }

    /// dE (V, D) = table gradient · Wx_0.
    private func addTableEmbedding(_ target: Block<Float>) throws(MatrixError) {
        let (D, G) = (weights.shape.inputSize, weights.shape.gateSize)
        for range in columnRanges(target) {
            let product = try MatrixProduct(
                library: weights.library, m: target.rows, n: range.count, k: G, leftStride: G, leftTransposed: false,
                rightStride: D, outputStride: target.stride, accumulates: false, precision: .float32)
            let (columns, weight) = (target.columns(range), weights.firstInputWeight.columns(range))
            phases[2].append { [tableGradient] step in
                step.meter.time(.weightGradients) {
                    product.run(left: Operand(tableGradient), right: Operand(weight), output: columns)
                }
            }
        }
    }

    /// dE (V, D): every position adds its row to that of its symbol.
    private func addGatheredEmbedding(_ target: Block<Float>, _ orders: [SymbolOrder]) {
        let sums = SymbolSums(zip(shards, orders).map { ($0.embeddingGradient, $1) }, groups: tree.groups)
        for range in columnRanges(target) {
            let columns = target.columns(range)
            phases[0].append { [scratch] step in
                step.meter.time(.scatter) { scratch.withScratch { sums.sum(range, to: columns, scratch: $0) } }
            }
        }
    }
}
