package import RunicKernels

/// A shard: the recurrence of some rows of a batch, with activations, carried state and prepared products.
///
/// It holds everything that a worker needs to run its rows forward and backward through time without allocating. Rows of
/// a matrix are time-major: row `t · B + b`. The hidden state has one slot more than there are steps: slot 0 is carried
/// over from the last pass.
package final class StackShard: @unchecked Sendable {
    // Sendable by hand: one worker at a time runs a shard.
    package let weights: StackWeights
    /// B, the rows of the batch in this shard.
    package let rows: Int
    /// T, the largest number of steps of a pass.
    package let time: Int
    package let trains: Bool
    /// The steps of a tile, whose input products are computed together: enough rows to feed the processor, few enough for its cache.
    let tileLength: Int
    let layers: [LayerActivations]
    /// The first layer's input when there are no symbols, (T·B, D), filled by the caller; otherwise scratch for embeddings
    /// before their dropout.
    package let givenInput: Block<Float>
    /// (T·B): nonzero if a row's state is reset before it reads the symbol of a step. No rows in a shard without resets.
    package let resets: Block<UInt8>
    /// For each row, whether its carried state is the initial state; the gradient then reaches the initial state.
    var isFresh: [Bool]

    /// Scratch of one step: Wh · h, (B, E) and (B, L).
    let hiddenTerm: Block<Float>
    let lateTerm: Block<Float>
    /// ∂loss/∂h and ∂loss/∂(other states), passed back through time, (B, P) and (B, auxiliaryCount · H).
    let hiddenGradient: Block<Float>
    let auxiliaryGradient: Block<Float>
    /// Scratch of one step backward; see ``stepBackward(_:_:_:)``. `zeroHiddenGradient` is always zero.
    let unprojectedGradient: Block<Float>
    let zeroHiddenGradient: Block<Float>
    let mixedGradient: Block<Float>
    let maskedGradient: Block<Float>
    let zoned: Block<Float>
    let zonedAuxiliary: Block<Float>
    let freshGradient: Block<Float>
    let scratch: Block<Float>
    /// What the layers share; see ``ShardOutputs``.
    let outputs: ShardOutputs
    /// ∂loss/∂(gathered embeddings), (T·B, D); no rows with a table.
    package let embeddingGradient: Block<Float>
    private let arena = Arena()

    /// - Parameters:
    ///   - rows: B.
    ///   - time: T, the largest number of steps of a pass.
    ///   - trains: whether ``backward(time:penalties:)`` will be called.
    ///   - resets: whether states can be reset within a pass.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        weights: StackWeights, rows: Int, time: Int, trains: Bool, resets: Bool = false
    ) throws(MatrixError) {
        precondition(rows > 0 && time > 0, "\(rows) rows of \(time) steps")
        self.weights = weights
        self.rows = rows
        self.time = time
        self.trains = trains
        let (shape, noise) = (weights.shape, weights.regularisation)
        let (B, H, P, A) = (rows, shape.hiddenSize, shape.outputSize, shape.auxiliarySize)
        let widths = StepWidths(shape)
        let N = time * B
        tileLength = min(max(Self.tileRows / B, 1), time)
        var use = LayerPlan.Use()
        use.resets = resets
        use.masksHidden = trains && noise.recurrentDropout > 0
        let arena = self.arena
        var made: [LayerActivations] = []
        for layer in 0..<shape.layers {
            made.append(
                try LayerActivations(
                    layer: layer, weights: weights, rows: B, time: time, trains: trains, use: use,
                    inputRows: [tileLength * B, (time % tileLength) * B], arena: arena
                ))
        }
        layers = made
        isFresh = [Bool](repeating: true, count: B)
        self.resets = arena.block(rows: resets ? N : 0, columns: 1)
        let (back, backRows) = (trains ? N : 0, trains ? B : 0)
        let gradient = { (exists: Bool, columns: Int) -> Block<Float> in
            arena.block(rows: exists ? backRows : 0, columns: columns)
        }
        hiddenTerm = arena.block(rows: B, columns: widths.hiddenTerm)
        lateTerm = arena.block(rows: B, columns: widths.lateTerm)
        hiddenGradient = gradient(true, P)
        auxiliaryGradient = gradient(true, A)
        unprojectedGradient = gradient(true, widths.unprojected)
        zeroHiddenGradient = gradient(widths.unprojected > 0 || widths.fresh > 0, H)
        mixedGradient = gradient(true, widths.mixed)
        maskedGradient = gradient(use.masksHidden, P)
        zoned = gradient(true, widths.fresh)
        zonedAuxiliary = gradient(true, widths.freshAuxiliary)
        freshGradient = gradient(true, widths.fresh)
        scratch = arena.block(rows: 1, columns: H)
        outputs = ShardOutputs(shape, rows: N, tileRows: tileLength * B, trains: trains, arena: arena)
        let gathers = weights.symbolInput == .gather
        let dropsEmbedding = gathers && trains && noise.embeddingDropout > 0
        givenInput = arena.block(
            rows: dropsEmbedding || weights.symbolInput == .given ? N : 0, columns: shape.inputSize)
        embeddingGradient = arena.block(rows: gathers ? back : 0, columns: shape.inputSize)
    }

    /// The number of rows that an input product should have, approximately.
    private static let tileRows = 256

    /// The number of tiles of a pass, and the steps of one tile.
    func tileCount(of time: Int) -> Int { (time + tileLength - 1) / tileLength }
    func stepRange(ofTile index: Int, of time: Int) -> Range<Int> {
        (index * tileLength)..<min((index + 1) * tileLength, time)
    }

    /// The rows of some steps.
    func span(_ steps: Range<Int>) -> Range<Int> { (steps.lowerBound * rows)..<(steps.upperBound * rows) }
    func span(_ step: Int) -> Range<Int> { (step * rows)..<((step + 1) * rows) }

    /// Whether a step's result and the slot that the next step reads may differ (zoneout, resets).
    var separatesSlots: Bool { layers[0].emitted.columns > 0 }

    /// Measures the passes; nil measures nothing.
    package var meter: StepMeter?
    /// The noise of the last forward pass; nil without noise.
    var noise: ShardNoise?
    /// Steps of the last pass; 0 once its final state has been carried to slot 0.
    var stepsToCarry = 0
    /// ∂loss/∂(other states of the top layer after the last step), (B, auxiliaryCount · H); nil if the loss does not read
    /// them.
    package var finalAuxiliaryGradient: Block<Float>?
    /// Called with ∂loss/∂h_{t−1} and ∂loss/∂(other states at t−1) after each step of a backward pass, step 0 included.
    package var probe: ((_ layer: Int, _ step: Int, _ hidden: Block<Float>, _ auxiliary: Block<Float>) -> Void)?
}
