internal import RunicKernels

/// The activations of one layer of a shard, kept from the forward pass for the backward pass.
///
/// Letters: N = T · B rows, time-major; G gates, of which E are early and L late; H units, P width of h, D width of the
/// input. Blocks that a stack does not need have no columns.
struct LayerActivations {
    let plan: LayerPlan

    // MARK: Input and gates

    /// x, (N, D); nil if the layer reads a table or the output of the layer below.
    var input: Operand?
    /// (N, G): Wx · x, then the activated gates, then their gradient.
    let gates: Block<Float>
    let roundedGates: Block<UInt16>?
    /// (N, E): the gradient of Wh · h, if it differs from that of the gates.
    let recurrentGates: Block<Float>
    let roundedRecurrentGates: Block<UInt16>?
    /// (N, L): the gradient of Wh · mixture.
    let lateGates: Block<Float>
    let roundedLateGates: Block<UInt16>?
    /// (N, H): the mixture that the late gates read, in float32 and in the precision of products.
    let mixed: Block<Float>
    let mixedOperand: Operand?
    /// (N, savedCount · H): values that the cell saves for its backward step.
    let saved: Block<Float>

    // MARK: State

    /// (N + B, P): h before each step and after the last; slot 0 is carried over.
    let hidden: Block<Float>
    let roundedHidden: Block<UInt16>?
    /// (N + B, auxiliaryCount · H): the other states, likewise.
    let auxiliary: Block<Float>
    /// (N, P): h before each step after recurrent dropout, in the form that Wh reads.
    let maskedHidden: Operand?
    /// (N, P) and (N, auxiliaryCount · H): the results of the steps, kept if the next slot may differ from them, by zoneout
    /// or because a document begins. `emitted` is h after zoneout.
    let fresh: Block<Float>
    let emitted: Block<Float>
    let roundedEmitted: Block<UInt16>?
    let freshAuxiliary: Block<Float>

    // MARK: Projection, output and normalisation

    /// (N, H): o ⊙ tanh(c) before its projection to h; and the gradient of h, (N, P).
    let unprojected: Block<Float>
    let roundedUnprojected: Block<UInt16>?
    let projectedGradient: Block<Float>
    let roundedProjectedGradient: Block<UInt16>?
    /// (N, P): the layer's output; nil if it is always h.
    let output: Operand?
    /// Normalised Wx · x and Wh · h, (N, G), and the inverse deviations of their rows, (N, groups).
    let normalisedInput: Block<Float>
    let inputInverse: Block<Float>
    let normalisedHidden: Block<Float>
    let hiddenInverse: Block<Float>

    // MARK: Gradients summed over the rows, one row each

    let vectorGradient: Block<Float>
    let inputGainGradient: Block<Float>
    let hiddenGainGradient: Block<Float>
    let initialHiddenGradient: Block<Float>
    let initialAuxiliaryGradient: Block<Float>

    // MARK: Products

    let hiddenForward: MatrixProduct
    let hiddenBackward: MatrixProduct?
    let lateForward: MatrixProduct?
    let lateBackward: MatrixProduct?
    let projectionForward: MatrixProduct?
    let projectionBackward: MatrixProduct?
    /// The input products, by their number of rows.
    let inputForward: ProductCache?
    let inputBackward: ProductCache?

    /// - Parameters:
    ///   - use: what the shard's passes need of the layer's plan.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    init(
        layer: Int, weights: StackWeights, rows B: Int, time: Int, trains: Bool, use: LayerPlan.Use,
        inputRows: [Int], arena: Arena
    ) throws(MatrixError) {
        let (shape, own, noise) = (weights.shape, weights.layers[layer], weights.regularisation)
        let (cell, precision, widths) = (shape.cell, weights.precision, StepWidths(shape))
        let N = time * B
        let (G, E, L, H, P) = (widths.gates, widths.hiddenTerm, widths.lateTerm, shape.hiddenSize, widths.hidden)
        let plan = LayerPlan(shape, layer: layer, readsTable: own.inputForward == nil, use: use)
        self.plan = plan
        let rounds = precision == .bfloat16
        func block(_ exists: Bool, _ columns: Int, rows: Int? = nil) -> Block<Float> {
            arena.block(rows: rows ?? N, columns: exists ? columns : 0)
        }
        func halves(_ exists: Bool, _ columns: Int, rows: Int? = nil) -> Block<UInt16>? {
            rounds && exists ? arena.block(rows: rows ?? N, columns: columns) : nil
        }
        let (normalises, projects) = (plan.has(.normaliseHidden), plan.has(.project))
        let (masksHidden, separatesSlots) = (plan.has(.maskHidden), plan.has(.fillState))
        let separates = cell.separatesRecurrentGradient || normalises
        input =
            layer == 0 && weights.symbolInput != .table
            ? arena.operand(precision, rows: N, columns: shape.inputSize) : nil
        gates = block(true, G)
        roundedGates = halves(trains, G)
        recurrentGates = block(trains && separates, E)
        roundedRecurrentGates = halves(trains && separates, E)
        lateGates = block(trains, L)
        roundedLateGates = halves(trains && L > 0, L)
        mixed = block(true, widths.mixed)
        mixedOperand =
            plan.has(.prepareMixture) && (rounds || masksHidden) ? arena.operand(precision, rows: N, columns: H) : nil
        saved = block(true, widths.saved)
        hidden = block(true, P, rows: N + B)
        roundedHidden = halves(true, P, rows: N + B)
        auxiliary = block(true, widths.auxiliary, rows: N + B)
        maskedHidden = masksHidden ? arena.operand(precision, rows: N, columns: P) : nil
        fresh = block(true, widths.fresh)
        emitted = block(separatesSlots, P)
        roundedEmitted = halves(separatesSlots, P)
        freshAuxiliary = block(separatesSlots, widths.auxiliary)
        unprojected = block(true, widths.unprojected)
        roundedUnprojected = halves(projects, H)
        projectedGradient = block(projects && trains, P)
        roundedProjectedGradient = halves(projects && trains, P)
        let drops = trains && noise.dropout(ofLayer: layer, of: shape.layers) > 0
        output = drops || plan.output != .hidden ? arena.operand(precision, rows: N, columns: P) : nil
        let keepsInput = trains && plan.has(.normaliseInput)
        let groups = shape.normalisationGroups.count
        normalisedInput = block(keepsInput, G)
        inputInverse = block(keepsInput, groups)
        normalisedHidden = block(trains && normalises, G)
        hiddenInverse = block(trains && normalises, groups)
        vectorGradient = block(true, shape.vectorSize, rows: 1)
        inputGainGradient = block(true, own.inputGain.columns, rows: 1)
        hiddenGainGradient = block(true, own.hiddenGain.columns, rows: 1)
        initialHiddenGradient = block(true, own.initialHidden.columns, rows: 1)
        initialAuxiliaryGradient = block(true, own.initialAuxiliary.columns, rows: 1)
        func product(_ right: PackedMatrix?, accumulates: Bool = false) throws(MatrixError) -> MatrixProduct? {
            guard let right else { return nil }
            return try MatrixProduct(right: right, rows: B, accumulates: accumulates)
        }
        hiddenForward = try MatrixProduct(right: own.hiddenForward, rows: B)
        // With a mask, the product goes to scratch first.
        hiddenBackward = try product(
            own.hiddenBackward, accumulates: cell.passesGradientDirectly && !masksHidden)
        lateForward = try product(own.lateForward)
        lateBackward = try product(own.lateBackward)
        projectionForward = try product(own.projectionForward)
        projectionBackward = try product(own.projectionBackward)
        inputForward = try own.inputForward.map { (right) throws(MatrixError) in
            try ProductCache(right, rows: inputRows)
        }
        inputBackward = try own.inputBackward.map { (right) throws(MatrixError) in
            try ProductCache(right, rows: inputRows)
        }
    }

    var hiddenOperand: Operand { roundedHidden.map { Operand($0) } ?? Operand(hidden) }
    var gateOperand: Operand { roundedGates.map { Operand($0) } ?? Operand(gates) }
    /// The gate gradient that is multiplied by Wh.
    var recurrentOperand: Operand {
        if recurrentGates.columns == 0 { return gateOperand }
        return roundedRecurrentGates.map { Operand($0) } ?? Operand(recurrentGates)
    }
    var lateOperand: Operand { roundedLateGates.map { Operand($0) } ?? Operand(lateGates) }
    var mixedInput: Operand { mixedOperand ?? Operand(mixed) }
    var unprojectedOperand: Operand { roundedUnprojected.map { Operand($0) } ?? Operand(unprojected) }
    var projectedGradientOperand: Operand {
        roundedProjectedGradient.map { Operand($0) } ?? Operand(projectedGradient)
    }
}
