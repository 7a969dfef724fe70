internal import RunicCells
internal import RunicKernels

/// A shard of an ``InferenceBatch``: the states of B streams and the products of one step.
final class InferenceShard: @unchecked Sendable {
    // Sendable by hand: one worker at a time runs a shard.
    /// The symbols that the next step reads, (B, 1).
    let identifiers: Block<Int32>
    /// The scores of the next symbols, (B, V).
    let logits: Block<Float>
    private let model: InferenceModel
    private let layers: [Layer]
    private let decoder: StreamProduct
    /// Scratch of a step: see ``InferenceState/Layout``.
    private let gates, hiddenTerm, lateTerm, inputTerm, saved, unprojected, fresh, freshAuxiliary: Block<Float>
    private let mixed: Block<Float>
    private let mixedOperand, unprojectedOperand: Operand
    /// The sum of the layers' h, (B, P), and its form for the softmax's product; no columns without skip connections.
    private let sum: Block<Float>
    private let sumOperand: Operand
    /// The embeddings of the symbols, (B, D); nil with a table.
    private let embedded: Operand?
    private let noStates: Block<UInt8>
    private let arena = Arena()

    private struct Layer {
        let plan: LayerPlan
        /// h, (B, P), and h in the precision of products; (B, paddedStates(P)) in 8 bits.
        let hidden: Block<Float>
        let operand: Operand
        let states: Block<UInt8>
        /// The layer's output, (B, P), with a residual connection; otherwise the output is h.
        let output: Block<Float>?
        let outputOperand: Operand
        /// (B, auxiliaryCount · H).
        let auxiliary: Block<Float>
        let hiddenProduct: StreamProduct
        let lateProduct, inputProduct, projection: StreamProduct?
    }

    /// - Throws: ``MatrixError/unsupported(_:)``.
    init(model: InferenceModel, packed: PackedInferenceWeights, rows B: Int) throws(MatrixError) {
        let (shape, weights, precision) = (model.parameters.shape, model.weights, model.precision)
        let (H, P, widths) = (shape.hiddenSize, shape.outputSize, StepWidths(shape))
        let arena = self.arena
        self.model = model
        identifiers = arena.block(rows: B, columns: 1)
        logits = arena.block(rows: B, columns: model.parameters.configuration.vocabularySize)
        gates = arena.block(rows: B, columns: widths.gates)
        hiddenTerm = arena.block(rows: B, columns: widths.hiddenTerm)
        lateTerm = arena.block(rows: B, columns: widths.lateTerm)
        inputTerm = arena.block(rows: B, columns: widths.gates)
        saved = arena.block(rows: B, columns: widths.saved)
        unprojected = arena.block(rows: B, columns: widths.unprojected)
        fresh = arena.block(rows: B, columns: widths.fresh)
        freshAuxiliary = arena.block(rows: B, columns: widths.freshAuxiliary)
        mixed = arena.block(rows: B, columns: widths.mixed)
        sum = arena.block(rows: B, columns: widths.sum)
        noStates = arena.block(rows: B, columns: 0)
        // Rounded copies; 8 bits are only for values within [−1, 1].
        let halves = precision == .bfloat16
        mixedOperand = halves ? arena.operand(.bfloat16, rows: B, columns: mixed.columns) : Operand(mixed)
        unprojectedOperand =
            halves ? arena.operand(.bfloat16, rows: B, columns: unprojected.columns) : Operand(unprojected)
        sumOperand = halves ? arena.operand(.bfloat16, rows: B, columns: sum.columns) : Operand(sum)
        let codes = precision == .int8 && shape.boundsHidden
        // Row-by-row products read states in groups of four.
        let stride = codes ? RowMatrix.paddedStates(P) : P
        var layers: [Layer] = []
        for index in 0..<shape.layers {
            let layer = weights.layers[0, index]
            let own = packed.layers[index]
            let hidden: Block<Float> = arena.block(rows: B, columns: P)
            let operand =
                codes || halves ? arena.operand(codes ? .int8 : .bfloat16, rows: B, columns: stride) : Operand(hidden)
            let plan = LayerPlan(shape, layer: index, readsTable: layer.input == nil)
            let output: Block<Float>? = plan.output == .hiddenPlusInput ? arena.block(rows: B, columns: P) : nil
            let reads = index == 0 ? shape.inputSize : shape.addsInput(index - 1) ? P : stride
            layers.append(
                Layer(
                    plan: plan, hidden: hidden, operand: operand.columns(0..<P), states: operand.bytes ?? noStates,
                    output: output,
                    outputOperand: output.map {
                        halves ? arena.operand(.bfloat16, rows: B, columns: P) : Operand($0)
                    } ?? operand.columns(0..<P),
                    auxiliary: arena.block(rows: B, columns: shape.auxiliarySize),
                    hiddenProduct: try StreamProduct(own.hidden, layer.hidden, rows: B, leftStride: stride),
                    lateProduct: try Self.product(own.late, layer.late, B, H),
                    inputProduct: try Self.product(own.input, layer.input, B, reads),
                    projection: try Self.product(own.projection, layer.projection, B, H)))
        }
        self.layers = layers
        decoder = try StreamProduct(
            packed.decoder, weights.decoder.reader, rows: B,
            leftStride: shape.addsInputs || shape.sumsHidden ? P : stride)
        embedded = weights.layers[0, 0].input.map {
            arena.operand(packed.layers[0].input == nil ? .float32 : $0.precision, rows: B, columns: shape.inputSize)
        }
    }

    private static func product(
        _ packed: PackedMatrix?, _ reader: RowMatrix.Reader?, _ rows: Int, _ stride: Int
    ) throws(MatrixError) -> StreamProduct? {
        guard let reader else { return nil }
        return try StreamProduct(packed, reader, rows: rows, leftStride: stride)
    }

    /// Sets the state of a row.
    func set(_ state: InferenceState, row: Int) {
        precondition(state.origin == model.weights.origin, "the state of another model")
        logits.rows(row..<(row + 1)).assign(from: state.logits)
        for (index, layer) in layers.enumerated() {
            func layerValues(_ all: ArraySlice<Float>, _ width: Int) -> [Float] {
                Array(all.dropFirst(index * width).prefix(width))
            }
            let hidden = layer.hidden.rows(row..<(row + 1))
            hidden.assign(from: layerValues(state.hidden, hidden.columns))
            layer.auxiliary.rows(row..<(row + 1)).assign(from: layerValues(state.auxiliary, layer.auxiliary.columns))
            Self.copy(hidden, to: layer.operand.rows(row..<(row + 1)))
        }
    }

    /// Every row reads its symbol.
    func step() {
        for index in layers.indices { stepForward(index) }
        guard let top = layers.last else { return }
        if top.plan.output == .sumOfHidden {
            Self.copy(sum, to: sumOperand)
            decoder.run(sumOperand, floats: sum, states: noStates, to: logits)
        } else {
            decoder.run(top.outputOperand, floats: top.output ?? top.hidden, states: top.states, to: logits)
        }
        let bias = model.weights.decoderBias
        for row in 0..<logits.rows { ElementWise.add(bias, to: logits.rows(row..<(row + 1))) }
    }

    private func stepForward(_ index: Int) {
        let (layer, shape, own) = (layers[index], model.parameters.shape, model.weights.layers[0, index])
        for operation in layer.plan.operations {
            switch operation {
            case .multiplyInput: multiplyInput(index)
            case .normaliseInput: shape.normalise(inputTerm, gain: own.inputGain, kept: nil)
            case .multiplyHidden:
                layer.hiddenProduct.run(layer.operand, floats: layer.hidden, states: layer.states, to: hiddenTerm)
            case .normaliseHidden:
                shape.normalise(hiddenTerm, columns: 0..<shape.earlySize, gain: own.hiddenGain, kept: nil)
            case .stepEarly: shape.cell.forwardEarly(forwardStep(index))
            case .prepareMixture: Self.copy(mixed, to: mixedOperand)
            case .multiplyMixture:
                layer.lateProduct?.run(mixedOperand, floats: mixed, states: noStates, to: lateTerm)
            case .normaliseMixture:
                shape.normalise(
                    lateTerm, columns: shape.earlySize..<shape.gateSize, gain: own.hiddenGain, kept: nil)
            case .stepCell: shape.cell.forward(forwardStep(index))
            case .project: project(index)
            case .fillState: fillState(index)
            case .finishOutput: finishOutput(index)
            case .reset, .maskHidden: preconditionFailure("\(operation) is not a part of reading")
            }
        }
    }

    private func multiplyInput(_ index: Int) {
        guard let product = layers[index].inputProduct else { return }
        if index == 0, let embedded {
            ElementWise.gather(model.weights.embedding, identifiers, to: embedded)
            product.run(embedded, floats: embedded.floats ?? inputTerm, states: noStates, to: inputTerm)
        } else {
            let below = layers[index - 1]
            product.run(below.outputOperand, floats: below.output ?? below.hidden, states: below.states, to: inputTerm)
        }
    }

    private func forwardStep(_ index: Int) -> ForwardStep {
        let (layer, shape) = (layers[index], model.parameters.shape)
        let usesTable = layer.inputProduct == nil
        return ForwardStep(
            units: 0..<shape.hiddenSize, input: usesTable ? model.weights.table : inputTerm,
            identifiers: usesTable ? identifiers : nil, hiddenTerm: hiddenTerm, lateTerm: lateTerm,
            vectors: model.weights.layers[0, index].vectors, hiddenBefore: layer.hidden,
            auxiliaryBefore: layer.auxiliary, gates: gates, mixed: mixed, saved: saved,
            hidden: layer.projection != nil ? unprojected : fresh.columns > 0 ? fresh : layer.hidden,
            auxiliary: freshAuxiliary.columns > 0 ? freshAuxiliary : layer.auxiliary, rounded: nil)
    }

    private func project(_ index: Int) {
        Self.copy(unprojected, to: unprojectedOperand)
        layers[index].projection?.run(
            unprojectedOperand, floats: unprojected, states: noStates,
            to: fresh.columns > 0 ? fresh : layers[index].hidden)
    }

    /// Zoneout's expected value.
    private func fillState(_ index: Int) {
        let (layer, options) = (layers[index], model.parameters.shape.options)
        if fresh.columns > 0 {
            ElementWise.blend(
                before: layer.hidden, fresh: fresh, weight: Float(options.zoneoutHidden), to: layer.hidden, rounded: nil
            )
        }
        if freshAuxiliary.columns > 0 {
            ElementWise.blend(
                before: layer.auxiliary, fresh: freshAuxiliary, weight: Float(options.zoneoutCell), to: layer.auxiliary,
                rounded: nil)
        }
    }

    /// h in the precision of products, and what other layers and the softmax read.
    private func finishOutput(_ index: Int) {
        let layer = layers[index]
        Self.copy(layer.hidden, to: layer.operand)
        if sum.columns > 0 {
            if index == 0 { sum.assign(from: layer.hidden) } else { ElementWise.add(layer.hidden, to: sum) }
        }
        guard let output = layer.output else { return }
        let below = layers[index - 1]
        ElementWise.sum(Operand(below.output ?? below.hidden), layer.hidden, to: Operand(output))
        Self.copy(output, to: layer.outputOperand)
    }

    /// Copies a float32 block to the precision of products.
    private static func copy(_ values: Block<Float>, to operand: Operand) {
        if let halves = operand.halves { ElementWise.round(values, to: halves) }
        if let bytes = operand.bytes { ElementWise.quantize(values, columns: 0..<values.columns, to: bytes) }
    }
}
