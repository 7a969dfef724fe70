package import RunicKernels

/// The recurrence of some rows of a batch: activations, carried state and prepared products.
///
/// Everything a worker needs to take its rows forward through time and back, with no memory taken on the way. Rows of
/// a matrix are time-major: row `t · B + b`. The hidden state has one slot more than there are steps: slot 0 is what
/// the last pass carried over.
package final class StackShard: @unchecked Sendable {
    // Sendable by hand: one worker at a time runs a shard.
    package let weights: StackWeights
    /// B, the rows of the batch in this shard.
    package let rows: Int
    /// T, the most steps of one pass.
    package let time: Int
    package let trains: Bool
    /// Steps whose input products are made together: enough rows to feed the processor, few enough for its cache.
    let chunk: Int
    let layers: [LayerMemory]
    /// Wh · h of one step, (B, G).
    let hiddenPart: Block<Float>
    /// ∂loss/∂h and ∂loss/∂(other states) that travel back through time, (B, H) and (B, auxiliaryCount · H).
    let hiddenGradient: Block<Float>
    let auxiliaryGradient: Block<Float>
    /// ∂loss/∂(output of a layer), (T·B, H), for two neighbouring layers in turn.
    let outputGradients: [Block<Float>]
    /// ∂loss/∂(gathered embeddings), (T·B, D), where they are gathered.
    package let embeddingGradient: Block<Float>
    private let arena = Arena()

    /// - Parameters:
    ///   - rows: B.
    ///   - time: T, the most steps of one pass.
    ///   - trains: whether ``backward(time:masks:)`` will be called.
    ///   - dropsOut: whether passes will have dropout masks.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        weights: StackWeights, rows: Int, time: Int, trains: Bool, dropsOut: Bool
    ) throws(MatrixError) {
        precondition(rows > 0 && time > 0, "\(rows) rows of \(time) steps")
        self.weights = weights
        self.rows = rows
        self.time = time
        self.trains = trains
        let (shape, cell) = (weights.shape, weights.shape.cell)
        let (B, H, G) = (rows, shape.hiddenSize, shape.gateSize)
        let N = time * B
        chunk = min(max(Self.chunkRows / B, 1), time)
        let rounds = weights.precision == .bfloat16
        let back = trains ? N : 0
        var made: [LayerMemory] = []
        for layer in 0..<shape.layers {
            let gathers = layer == 0 && weights.symbolInput == .gather
            let D = shape.inputSize(ofLayer: layer)
            var memory = LayerMemory(
                input: gathers ? arena.operand(weights.precision, rows: N, columns: D) : nil,
                gates: arena.block(rows: N, columns: G),
                roundedGates: rounds && trains ? arena.block(rows: N, columns: G) : nil,
                recurrentGates: arena.block(rows: cell.separatesRecurrentGradient ? back : 0, columns: G),
                roundedRecurrentGates: rounds && trains && cell.separatesRecurrentGradient
                    ? arena.block(rows: N, columns: G) : nil,
                saved: arena.block(rows: N, columns: cell.savedCount * H),
                hidden: arena.block(rows: N + B, columns: H),
                roundedHidden: rounds ? arena.block(rows: N + B, columns: H) : nil,
                auxiliary: arena.block(rows: N + B, columns: cell.auxiliaryCount * H),
                dropped: dropsOut ? arena.operand(weights.precision, rows: N, columns: H) : nil,
                biasGradient: arena.block(rows: 1, columns: cell.biasCount * H),
                hiddenForward: try MatrixProduct(right: weights.hiddenForward[layer], rows: B),
                hiddenBackward: trains
                    ? try MatrixProduct(
                        right: weights.hiddenBackward[layer], rows: B, accumulates: cell.passesGradientDirectly) : nil)
            for count in Set([chunk * B, (time % chunk) * B]) where count > 0 {
                if let packed = weights.inputForward[layer] {
                    memory.inputForward[count] = try MatrixProduct(right: packed, rows: count)
                }
                if let packed = weights.inputBackward[layer] {
                    memory.inputBackward[count] = try MatrixProduct(right: packed, rows: count)
                }
            }
            made.append(memory)
        }
        layers = made
        hiddenPart = arena.block(rows: B, columns: G)
        hiddenGradient = arena.block(rows: trains ? B : 0, columns: H)
        auxiliaryGradient = arena.block(rows: trains ? B : 0, columns: cell.auxiliaryCount * H)
        outputGradients = [
            arena.block(rows: back, columns: H), arena.block(rows: shape.layers > 1 ? back : 0, columns: H),
        ]
        embeddingGradient = arena.block(
            rows: weights.symbolInput == .gather ? back : 0, columns: shape.inputSize)
    }

    /// About how many rows an input product should have.
    private static let chunkRows = 256

    /// How many pieces so much time is cut into, and one of them.
    func chunks(of time: Int) -> Int { (time + chunk - 1) / chunk }
    func chunk(_ index: Int, of time: Int) -> Range<Int> { (index * chunk)..<min((index + 1) * chunk, time) }

    /// The rows of some steps.
    func span(_ steps: Range<Int>) -> Range<Int> { (steps.lowerBound * rows)..<(steps.upperBound * rows) }
    func span(_ step: Int) -> Range<Int> { (step * rows)..<((step + 1) * rows) }

    /// What the top layer hands to the softmax, (time · B, H).
    package func output(time: Int) -> Operand {
        let top = layers[layers.count - 1]
        return usesMasks
            ? (top.dropped ?? top.hiddenOperand).rows(0..<(time * rows))
            : top.hiddenOperand.rows(rows..<((time + 1) * rows))
    }

    /// Where ``backward(time:masks:)`` expects ∂loss/∂output before dropout's mask, (time · B, H).
    package func topGradient(time: Int) -> Block<Float> {
        outputGradients[(layers.count - 1) % 2].rows(0..<(time * rows))
    }

    /// What measures the passes, or nil.
    package var meter: StepMeter?
    /// Whether the last forward pass had dropout.
    var usesMasks = false
    /// Steps of the last pass, while its final state has not been carried to slot 0.
    var stepsToCarry = 0
}
