internal import RunicCells

/// A phase of reading one symbol, which the workers share by units; the next phase needs all of it.
struct InferencePhase: BitwiseCopyable {
    enum Work: BitwiseCopyable {
        /// Operations of a layer, for the units of each worker.
        case shared
        /// Operations of a layer for all units by one worker, because the units of a row depend on each other.
        case alone
        /// The scores of the next symbol.
        case predict
    }

    let work: Work
    let layer: Int
    /// The first operation in ``InferencePlan/operations``, and the number of them.
    let first, count: Int
    /// The layer whose Wh · h is computed here for the next step, or −1.
    let prepares: Int
}

/// The plans of all layers, divided into the phases of reading one symbol.
struct InferencePlan {
    private(set) var operations: [LayerOperation] = []
    private(set) var phases: [InferencePhase] = []

    /// - Parameter readsTable: whether a table replaces the first layer's input product.
    init(_ shape: StackShape, readsTable: Bool) {
        for layer in 0..<shape.layers {
            let plan = LayerPlan(shape, layer: layer, readsTable: layer == 0 && readsTable)
            var work: InferencePhase.Work?
            var first = operations.count
            var prepares = layer - 1
            func end() {
                guard let done = work else { return }
                phases.append(
                    InferencePhase(
                        work: done, layer: layer, first: first, count: operations.count - first, prepares: prepares))
                (first, prepares) = (operations.count, -1)
            }
            for operation in plan.operations {
                guard let needed = Self.work(of: operation, in: shape) else { continue }
                if Self.isProduct(operation) || (needed == .alone && work != .alone) {
                    end()
                    work = needed
                }
                work = work ?? needed
                operations.append(operation)
            }
            end()
        }
        let top = shape.layers - 1
        phases.append(InferencePhase(work: .predict, layer: top, first: 0, count: 0, prepares: top))
    }

    /// Whether an operation reads all units of what precedes it.
    private static func isProduct(_ operation: LayerOperation) -> Bool {
        operation == .multiplyInput || operation == .multiplyMixture || operation == .project
    }

    /// Who runs an operation; nil if it has been done: Wh · h by the step before, and what only training or products of many
    /// rows need.
    private static func work(of operation: LayerOperation, in shape: StackShape) -> InferencePhase.Work? {
        switch operation {
        case .multiplyHidden, .reset, .maskHidden, .prepareMixture: nil
        case .normaliseInput, .normaliseHidden, .normaliseMixture: .alone
        case .stepEarly, .stepCell: shape.cell.needsAllUnits || shape.options.layerNorm ? .alone : .shared
        case .multiplyInput, .multiplyMixture, .project, .fillState, .finishOutput: .shared
        }
    }
}
