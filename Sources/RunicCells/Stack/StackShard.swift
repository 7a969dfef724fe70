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
    let layers: [LayerActivations]
    /// What the first layer reads where there are no symbols, (T·B, D), filled by the caller; else where embeddings wait for
    /// their dropout.
    package let givenInput: Block<Float>
    /// (T·B): not 0 where a row's state is reset before it reads the symbol of a step. Has no rows in a shard without resets.
    package let resets: Block<UInt8>
    /// Whether the state that a row carries is the one before any text: its gradient then reaches the initial state.
    var isFresh: [Bool]

    /// Working memory of one step: Wh · h, (B, E) and (B, L).
    let hiddenPart: Block<Float>
    let latePart: Block<Float>
    /// ∂loss/∂h and ∂loss/∂(other states) that travel back through time, (B, P) and (B, auxiliaryCount · H).
    let hiddenGradient: Block<Float>
    let auxiliaryGradient: Block<Float>
    /// Working memory of one step back; see `retreat`.
    let unprojectedGradient: Block<Float>
    let nothing: Block<Float>
    let mixedGradient: Block<Float>
    let maskedGradient: Block<Float>
    let zoned: Block<Float>
    let zonedAuxiliary: Block<Float>
    let freshGradient: Block<Float>
    let scratch: Block<Float>
    /// ∂loss/∂(output of a layer), (T·B, P), for two neighbouring layers in turn; and a masked copy, where a residual
    /// connection needs the original.
    let outputGradients: [Block<Float>]
    let maskedOutputGradient: Block<Float>
    /// (chunk · B, P): an output under its mask, before what the layer read is added.
    let droppedOutput: Block<Float>
    /// ∂loss/∂(gathered embeddings), (T·B, D), where they are gathered.
    package let embeddingGradient: Block<Float>
    private let arena = Arena()

    /// - Parameters:
    ///   - rows: B.
    ///   - time: T, the most steps of one pass.
    ///   - trains: whether ``backward(time:noise:penalties:)`` will be called.
    ///   - resets: whether states are reset within a pass.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        weights: StackWeights, rows: Int, time: Int, trains: Bool, resets: Bool = false
    ) throws(MatrixError) {
        precondition(rows > 0 && time > 0, "\(rows) rows of \(time) steps")
        self.weights = weights
        self.rows = rows
        self.time = time
        self.trains = trains
        let (shape, options, noise) = (weights.shape, weights.shape.options, weights.regularisation)
        let (B, H, P, A) = (rows, shape.hiddenSize, shape.outputSize, shape.auxiliarySize)
        let N = time * B
        chunk = min(max(Self.chunkRows / B, 1), time)
        let separatesSlots = resets || options.zonesOut
        let arena = self.arena
        var made: [LayerActivations] = []
        for layer in 0..<shape.layers {
            made.append(
                try LayerActivations(
                    layer: layer, weights: weights, rows: B, time: time, trains: trains,
                    separatesSlots: separatesSlots, inputRows: [chunk * B, (time % chunk) * B], arena: arena))
        }
        layers = made
        isFresh = [Bool](repeating: true, count: B)
        self.resets = arena.block(rows: resets ? N : 0, columns: 1)
        let (back, backRows) = (trains ? N : 0, trains ? B : 0)
        let gradient = { (exists: Bool, columns: Int) -> Block<Float> in
            arena.block(rows: exists ? backRows : 0, columns: columns)
        }
        hiddenPart = arena.block(rows: B, columns: shape.earlySize)
        latePart = arena.block(rows: B, columns: shape.lateSize)
        hiddenGradient = gradient(true, P)
        auxiliaryGradient = gradient(true, A)
        let projects = options.projectionSize != nil
        unprojectedGradient = gradient(projects, H)
        nothing = gradient(projects || options.zoneoutHidden > 0, H)
        mixedGradient = gradient(shape.lateSize > 0, H)
        maskedGradient = gradient(noise.recurrentDropout > 0, P)
        zoned = gradient(options.zoneoutHidden > 0, P)
        zonedAuxiliary = gradient(options.zoneoutCell > 0, A)
        freshGradient = gradient(options.zoneoutHidden > 0, P)
        scratch = arena.block(rows: 1, columns: H)
        outputGradients = [
            arena.block(rows: back, columns: P), arena.block(rows: shape.layers > 1 ? back : 0, columns: P),
        ]
        let addsInput = options.residual && shape.layers > 1
        maskedOutputGradient = arena.block(rows: addsInput ? back : 0, columns: P)
        droppedOutput = arena.block(rows: addsInput ? chunk * B : 0, columns: P)
        let gathers = weights.symbolInput == .gather
        let dropsEmbedding = gathers && trains && noise.embeddingDropout > 0
        givenInput = arena.block(
            rows: dropsEmbedding || weights.symbolInput == .given ? N : 0, columns: shape.inputSize)
        embeddingGradient = arena.block(rows: gathers ? back : 0, columns: shape.inputSize)
    }

    /// About how many rows an input product should have.
    private static let chunkRows = 256

    /// How many pieces so much time is cut into, and one of them.
    func chunks(of time: Int) -> Int { (time + chunk - 1) / chunk }
    func chunk(_ index: Int, of time: Int) -> Range<Int> { (index * chunk)..<min((index + 1) * chunk, time) }

    /// The rows of some steps.
    func span(_ steps: Range<Int>) -> Range<Int> { (steps.lowerBound * rows)..<(steps.upperBound * rows) }
    func span(_ step: Int) -> Range<Int> { (step * rows)..<((step + 1) * rows) }

    /// Whether the next slot may hold something else than what a step made.
    var separatesSlots: Bool { layers[0].emitted.columns > 0 }

    /// h of a layer after some steps, before dropout, in float32 and as products read it.
    func hiddenAfter(_ index: Int, _ range: Range<Int>) -> Block<Float> {
        separatesSlots
            ? layers[index].emitted.rows(range)
            : layers[index].hidden.rows((range.lowerBound + rows)..<(range.upperBound + rows))
    }
    func hiddenOperandAfter(_ index: Int, _ range: Range<Int>) -> Operand {
        guard separatesSlots else {
            return layers[index].hiddenOperand.rows((range.lowerBound + rows)..<(range.upperBound + rows))
        }
        let emitted = layers[index].roundedEmitted.map { Operand($0) } ?? Operand(layers[index].emitted)
        return emitted.rows(range)
    }

    /// What a layer gives to what stands above it, at some rows.
    func output(of index: Int, _ range: Range<Int>) -> Operand {
        guard let own = layers[index].output, hasOwnOutput(index) else { return hiddenOperandAfter(index, range) }
        return own.rows(range)
    }

    /// Whether dropout or a residual connection makes a layer's output differ from h in this pass.
    func hasOwnOutput(_ index: Int) -> Bool {
        layers[index].output != nil && (weights.shape.addsInput(index) || noise != nil)
    }

    /// What the top layer hands to the softmax, (time · B, P).
    package func output(time: Int) -> Operand { output(of: layers.count - 1, 0..<(time * rows)) }

    /// Where ``backward(time:noise:penalties:)`` expects ∂loss/∂output before dropout's mask, (time · B, P).
    package func topGradient(time: Int) -> Block<Float> {
        outputGradients[(layers.count - 1) % 2].rows(0..<(time * rows))
    }

    /// What measures the passes, or nil.
    package var meter: StepMeter?
    /// The noise of the last forward pass; nil where there was none.
    var noise: ShardNoise?
    /// Steps of the last pass, while its final state has not been carried to slot 0.
    var stepsToCarry = 0
    /// ∂loss/∂(other states of the top layer after the last step), (B, auxiliaryCount · H), where the loss reads them; nil: it
    /// does not.
    package var finalAuxiliaryGradient: Block<Float>?
    /// Sees ∂loss/∂h and ∂loss/∂(other states) before each step of a backward pass, down to that before step 0.
    package var probe: ((_ layer: Int, _ step: Int, _ hidden: Block<Float>, _ auxiliary: Block<Float>) -> Void)?
}
