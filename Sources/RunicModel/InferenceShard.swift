internal import RunicCells
internal import RunicKernels

/// Some streams of an ``InferenceBatch``: their states and the products of one step. Letters: B streams.
final class InferenceShard: @unchecked Sendable {
    // Sendable by hand: one worker at a time runs a shard.
    /// The symbols that the next step reads, (B, 1).
    let identifiers: Block<Int32>
    /// The scores of the next symbols, (B, V).
    let logits: Block<Float>
    private let model: InferenceModel
    private let layers: [Layer]
    private let decoder: BatchProduct
    /// Working memory of a step, all (B, G), and what cells save.
    private let gates, hiddenPart, inputPart: Block<Float>
    private let saved: Block<Float>
    /// The embeddings of the symbols where there is no table, (B, D).
    private let embedded: Operand?
    private let noStates: Block<UInt8>
    private let arena = Arena()

    private struct Layer {
        /// (B, H), and the same as products read it where that is not float32; (B, paddedStates(H)) in 8 bits.
        let hidden: Block<Float>
        let operand: Operand
        let states: Block<UInt8>
        /// (B, auxiliaryCount · H).
        let auxiliary: Block<Float>
        let bias: Block<Float>
        let hiddenProduct: BatchProduct
        let inputProduct: BatchProduct?
    }

    /// - Throws: ``MatrixError/unsupported(_:)``.
    init(model: InferenceModel, packed: PackedInferenceWeights, rows B: Int) throws(MatrixError) {
        let (shape, weights, precision) = (model.parameters.shape, model.weights, model.precision)
        let (H, G) = (shape.hiddenSize, shape.gateSize)
        self.model = model
        identifiers = arena.block(rows: B, columns: 1)
        logits = arena.block(rows: B, columns: model.parameters.configuration.vocabularySize)
        gates = arena.block(rows: B, columns: G)
        hiddenPart = arena.block(rows: B, columns: G)
        inputPart = arena.block(rows: B, columns: G)
        saved = arena.block(rows: B, columns: shape.cell.savedCount * H)
        // Rows multiplied one by one read their states up to a multiple of four.
        let stride = precision == .int8 ? RowMatrix.paddedStates(H) : H
        noStates = arena.block(rows: B, columns: 0)
        var layers: [Layer] = []
        for index in 0..<shape.layers {
            let layer = weights.layers[0, index]
            let hidden: Block<Float> = arena.block(rows: B, columns: H)
            let own = precision == .float32 ? Operand(hidden) : arena.operand(precision, rows: B, columns: stride)
            layers.append(
                Layer(
                    hidden: hidden, operand: own.columns(0..<H), states: own.bytes ?? noStates,
                    auxiliary: arena.block(rows: B, columns: shape.cell.auxiliaryCount * H), bias: layer.bias,
                    hiddenProduct: try BatchProduct(packed.hidden[index], layer.hidden, rows: B, leftStride: stride),
                    inputProduct: try layer.input.map { (reader) throws(MatrixError) in
                        try BatchProduct(
                            packed.input[index], reader, rows: B, leftStride: index == 0 ? shape.inputSize : stride)
                    }))
        }
        self.layers = layers
        decoder = try BatchProduct(packed.decoder, weights.decoder.reader, rows: B, leftStride: stride)
        embedded = weights.layers[0, 0].input.map { [arena] in
            arena.operand(
                packed.input[0] == nil ? .float32 : $0.precision, rows: B, columns: shape.inputSize)
        }
    }

    /// Gives a row what a state has read.
    func set(_ state: InferenceState, row: Int) {
        precondition(state.origin == ObjectIdentifier(model.weights), "the state of another model")
        logits.rows(row..<(row + 1)).assign(from: state.logits)
        for (index, layer) in layers.enumerated() {
            func part(_ all: ArraySlice<Float>, _ width: Int) -> [Float] {
                Array(all.dropFirst(index * width).prefix(width))
            }
            let hidden = layer.hidden.rows(row..<(row + 1))
            hidden.assign(from: part(state.hidden, hidden.columns))
            layer.auxiliary.rows(row..<(row + 1)).assign(from: part(state.auxiliary, layer.auxiliary.columns))
            Self.copy(hidden, to: layer.operand.rows(row..<(row + 1)))
        }
    }

    /// Every row reads its symbol.
    func step() {
        let (weights, shape) = (model.weights, model.parameters.shape)
        for (index, layer) in layers.enumerated() {
            layer.hiddenProduct.run(layer.operand, floats: layer.hidden, states: layer.states, to: hiddenPart)
            if let product = layer.inputProduct {
                if index == 0, let embedded {
                    ElementWise.gather(weights.embedding, identifiers, to: embedded)
                    product.run(embedded, floats: embedded.floats ?? inputPart, states: noStates, to: inputPart)
                } else {
                    let below = layers[index - 1]
                    product.run(below.operand, floats: below.hidden, states: below.states, to: inputPart)
                }
            }
            let usesTable = layer.inputProduct == nil
            shape.cell.forward(
                ForwardStep(
                    units: 0..<shape.hiddenSize, input: usesTable ? weights.table : inputPart,
                    identifiers: usesTable ? identifiers : nil, hiddenPart: hiddenPart, bias: layer.bias,
                    hiddenBefore: layer.hidden, auxiliaryBefore: layer.auxiliary, gates: gates, saved: saved,
                    hidden: layer.hidden, auxiliary: layer.auxiliary, rounded: layer.operand.halves))
            if model.precision == .int8 { Self.copy(layer.hidden, to: layer.operand) }
        }
        guard let top = layers.last else { return }
        decoder.run(top.operand, floats: top.hidden, states: top.states, to: logits)
        for row in 0..<logits.rows { ElementWise.add(weights.decoderBias, to: logits.rows(row..<(row + 1))) }
    }

    /// The hidden state as products read it.
    private static func copy(_ hidden: Block<Float>, to operand: Operand) {
        if let halves = operand.halves { ElementWise.round(hidden, to: halves) }
        if let bytes = operand.bytes { ElementWise.quantize(hidden, columns: 0..<hidden.columns, to: bytes) }
    }
}
