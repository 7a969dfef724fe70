internal import RunicCells

/// A part of reading one symbol that the workers share, split by units; the next one needs all of it.
struct InferencePhase: BitwiseCopyable {
    enum Kind: BitwiseCopyable {
        /// Wx · x and the cell, or the cell's early gates.
        case advance
        /// Wx · x alone, and the cell, or its early gates, by one worker: where the units of a row depend on each other.
        case input, cell
        /// Wh · (what the cell mixed) and the cell's late gates; the same in two parts.
        case late, latePart, lateCell
        /// The projection to h.
        case project
        /// The scores of the next symbol.
        case predict
    }

    let kind: Kind
    let layer: Int
    /// Whether h of the layer is complete after this phase.
    let completes: Bool
    /// The layer whose Wh · h is made here for the next step, or −1.
    let prepares: Int

    /// The phases of a step.
    ///
    /// - Parameter readsTable: whether a table stands in for the first layer's input product.
    static func phases(of shape: StackShape, readsTable: Bool) -> [InferencePhase] {
        let whole = shape.cell.needsAllUnits || shape.options.layerNorm
        var made: [InferencePhase] = []
        for layer in 0..<shape.layers {
            var kinds: [Kind] = whole ? (layer == 0 && readsTable ? [.cell] : [.input, .cell]) : [.advance]
            if shape.lateSize > 0 { kinds += whole ? [.latePart, .lateCell] : [.late] }
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
