internal import RunicCells
package import RunicKernels

/// A model ready to read and predict symbols one by one.
///
/// The speed of a step is limited by reading the weights, so they are laid out for that in the chosen precision, and several
/// cores share the step of a large model. The phases of a step, each split by units among the workers:
///
///     phase 0        h_0, from the table's row and Wh_0 · h_0, which the previous step computed
///     phase l        Wx_l · h_{l−1} and h_l; then Wh_{l−1} · h_{l−1} for the next step
///     phase L        the logits; then Wh_{L−1} · h_{L−1} for the next step
///
/// A layer has more phases if one computation needs all units of another: see ``InferencePhase``.
/// The result does not depend on the number of workers or on how they share the work.
package final class InferenceModel: Sendable {
    package let parameters: ModelParameters
    package let precision: Precision
    let weights: InferenceWeights
    private let layout: InferenceState.Layout
    private let pool: PhasePool
    /// The length of one layer's hidden state in 8 bits; 0 if products do not read it in 8 bits.
    private let codesPerLayer: Int

    /// With more workers than this, most of the time would go into waiting at the ends of phases.
    private static let mostWorkers = 8

    /// - Parameters:
    ///   - parameters: rounded to the precision, see ``ModelParameters/rounded(to:)``.
    ///   - threads: the largest number of workers that share a step; small models use fewer.
    ///   - largestTable: the largest size of the first layer's table, in floats; the default is 32 MiB.
    ///   - bytesPerWorker: the bytes of weights that justify another worker.
    /// - Throws: ``ModelError/matrix(_:)``.
    package init(
        parameters: ModelParameters, precision: Precision = .float32, threads: Int = 2,
        largestTable: Int = 8 << 20, bytesPerWorker: Int = 256 << 10
    ) throws(ModelError) {
        precondition(threads > 0, "\(threads) threads")
        self.parameters = parameters
        self.precision = precision
        weights = try InferenceWeights(
            parameters: parameters, precision: precision, largestTable: largestTable)
        let shape = parameters.shape
        layout = InferenceState.Layout(shape)
        codesPerLayer = precision == .int8 && shape.boundsHidden ? RowMatrix.paddedStates(shape.outputSize) : 0
        pool = PhasePool(
            workerCount: min(max(weights.bytesPerSymbol / bytesPerWorker, 1), threads, Self.mostWorkers))
    }

    /// The number of workers that share a step.
    package var workerCount: Int { pool.workerCount }
    /// The bytes of weights read per symbol.
    package var bytesPerSymbol: Int { weights.bytesPerSymbol }

    /// The initial state; its scores are the decoder's bias.
    package func start() -> InferenceState {
        let codes = [UInt8](repeating: 128, count: codesPerLayer * parameters.shape.layers)
        var state = InferenceState(
            layout: layout, codes: codes, logits: weights.decoderBias.array, origin: weights.origin)
        guard parameters.shape.options.learnsInitialState else { return state }
        withBlocks(of: &state) { values, codes, logits in
            InferenceStep(
                weights: weights, layout: layout, workers: 1, symbol: 0, values: values, codes: codes, logits: logits
            ).setInitialState()
        }
        return state
    }

    private func withBlocks(
        of state: inout InferenceState, _ body: (Block<Float>, Block<UInt8>, Block<Float>) -> Void
    ) {
        let (V, L) = (parameters.configuration.vocabularySize, parameters.shape.layers)
        withBlock(of: &state.values, rows: 1, columns: layout.count) { values in
            withBlock(of: &state.codes, rows: L, columns: codesPerLayer) { codes in
                withBlock(of: &state.logits, rows: 1, columns: V) { logits in body(values, codes, logits) }
            }
        }
    }

    /// Reads one symbol.
    ///
    /// - Precondition: `symbol` is below the vocabulary's size, and the state belongs to this model.
    /// - Complexity: L · (G · 2P + P · H with a projection) + V · P multiply-adds, less layer 0's input with a table.
    package func read(_ symbol: Int, into state: inout InferenceState) {
        precondition((0..<parameters.configuration.vocabularySize).contains(symbol), "symbol \(symbol)")
        precondition(state.origin == weights.origin, "the state of another model")
        withBlocks(of: &state) { values, codes, logits in
            let step = InferenceStep(
                weights: weights, layout: layout, workers: pool.workerCount, symbol: symbol, values: values,
                codes: codes, logits: logits)
            pool.run(phases: weights.phases.columns) { phase, task in step.run(phase, task) }
        }
    }
}
