internal import RunicCells
package import RunicKernels

/// A model ready to read and predict one symbol after the other.
///
/// A step is bound by reading the weights, so they are laid out for that, in the precision that is asked for, and several
/// cores share a model that is large enough. The phases of a step, each split by units among the workers:
///
///     phase 0        h_0 from the table's row and Wh_0 · h_0, which the step before made
///     phase l        Wx_l · h_{l−1} and h_l; then Wh_{l−1} · h_{l−1} for the next step
///     phase L        the logits; then Wh_{L−1} · h_{L−1} for the next step
///
/// A layer has further phases where a part of it needs all units of the part before: see ``InferencePhase``.
/// The result is the same whoever makes which part, and for any number of workers.
package final class InferenceModel: Sendable {
    package let parameters: ModelParameters
    package let precision: Precision
    let weights: InferenceWeights
    private let layout: InferenceState.Layout
    private let team: PhasePool
    /// Length of one layer's hidden state in 8 bits; 0 where products do not read it so.
    private let codesPerLayer: Int

    /// More workers than this would spend their time at the ends of phases.
    private static let mostWorkers = 8

    /// - Parameters:
    ///   - parameters: holding what the precision keeps of them, see ``ModelParameters/rounded(to:)``.
    ///   - threads: the most workers that share a step; small models use fewer.
    ///   - largestTable: the most floats of a table of the first layer's input for each symbol: 32 MiB of them.
    ///   - bytesPerWorker: the bytes of weights for which another worker pays.
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
        team = PhasePool(
            workerCount: min(max(weights.bytesPerSymbol / bytesPerWorker, 1), threads, Self.mostWorkers))
    }

    /// How many workers share a step.
    package var workerCount: Int { team.workerCount }
    /// Bytes of weights that reading one symbol reads.
    package var bytesPerSymbol: Int { weights.bytesPerSymbol }

    /// The state before any text, with the scores that a model gives from nothing, its decoder's bias.
    package func start() -> InferenceState {
        let codes = [UInt8](repeating: 128, count: codesPerLayer * parameters.shape.layers)
        var state = InferenceState(
            layout: layout, codes: codes, logits: weights.decoderBias.array, origin: ObjectIdentifier(weights))
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
    /// - Precondition: `symbol` is below the vocabulary's size, and the state is of this model.
    /// - Complexity: L · (G · 2P + P · H where h is projected) + V · P multiply-adds, less layer 0's input with a
    ///   table.
    package func read(_ symbol: Int, into state: inout InferenceState) {
        precondition((0..<parameters.configuration.vocabularySize).contains(symbol), "symbol \(symbol)")
        precondition(state.origin == ObjectIdentifier(weights), "the state of another model")
        withBlocks(of: &state) { values, codes, logits in
            let step = InferenceStep(
                weights: weights, layout: layout, workers: team.workerCount, symbol: symbol, values: values,
                codes: codes, logits: logits)
            team.run(phases: weights.phases.columns) { phase, chunk in step.run(phase, chunk) }
        }
    }
}
