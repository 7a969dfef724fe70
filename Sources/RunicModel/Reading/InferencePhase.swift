internal import RunicCells

/// A phase of reading one symbol, which the workers share by units; the next phase needs all of it.
struct InferencePhase: BitwiseCopyable {
    enum Kind: BitwiseCopyable {
        /// Wx · x and the cell, or the cell's early gates.
        case stepForward
        /// Wx · x alone, then the cell, or its early gates, by one worker, if the units of a row depend on each other.
        case input, cell
        /// Wh · mixture and the cell's late gates; or both separately, the cell by one worker.
        case late, lateProduct, lateCell
        /// The projection to h.
        case project
        /// The scores of the next symbol.
        case predict
    }

    let kind: Kind
    let layer: Int
    /// Whether h of the layer is complete after this phase.
    let completes: Bool
    /// The layer whose Wh · h is computed here for the next step, or −1.
    let prepares: Int

    /// The phases of a step.
    ///
    /// - Parameter readsTable: whether a table replaces the first layer's input product.
    static func phases(of shape: StackShape, readsTable: Bool) -> [InferencePhase] {
        let whole = shape.cell.needsAllUnits || shape.options.layerNorm
        var made: [InferencePhase] = []
        for layer in 0..<shape.layers {
            var kinds: [Kind] = whole ? (layer == 0 && readsTable ? [.cell] : [.input, .cell]) : [.stepForward]
            if shape.lateSize > 0 { kinds += whole ? [.lateProduct, .lateCell] : [.late] }
            if shape.options.projectionSize != nil { kinds.append(.project) }
            for (index, kind) in kinds.enumerated() {
                made.append(
                    InferencePhase(
                        kind: kind, layer: layer, completes: index == kinds.count - 1,
                        prepares: index == 0 ? layer - 1 : -1))
            }
        }
        made.append(
            InferencePhase(kind: .predict, layer: shape.layers - 1, completes: false, prepares: shape.layers - 1))
        return made
    }
}
