/// An operation of a layer, in the order in which a plan has them.
///
/// Letters: G gates, of which E are early and L late; H units, P width of h.
package enum LayerOperation: UInt8, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    /// Wx · x_t, (G).
    case multiplyInput
    case normaliseInput
    /// The rows whose document begins get the initial state.
    case reset
    /// Recurrent dropout of h_{t−1}.
    case maskHidden
    /// Wh · h_{t−1} of the early gates, (E).
    case multiplyHidden
    case normaliseHidden
    /// The cell's early gates and the mixture, (H).
    case stepEarly
    /// Recurrent dropout of the mixture, and its form for products.
    case prepareMixture
    /// Wh · mixture of the late gates, (L).
    case multiplyMixture
    case normaliseMixture
    /// The cell, or its late gates.
    case stepCell
    /// W_hr · (o ⊙ tanh c), (P).
    case project
    /// The state that the next step reads: zoneout between the step's result and the state before it, or a copy of the result.
    case fillState
    /// What other layers and the softmax read: see ``LayerPlan/Output``.
    case finishOutput

    /// Whether the steps must follow one another: what precedes and follows the recurrence can be done for several at once.
    package var isRecurrent: Bool { self > .normaliseInput && self < .finishOutput }
}

extension LayerOperation: Comparable {
    package static func < (one: LayerOperation, other: LayerOperation) -> Bool { one.rawValue < other.rawValue }
}

/// The operations of one layer as data, made once from the shape of its stack.
///
/// Whoever runs a layer walks the plan: ``StackShard`` for training, forward and, in reverse, backward; and the two readers of
/// trained models, of many texts and of one. An operation that a stack does not need is not in its plan.
package struct LayerPlan: Sendable, Hashable {
    /// What the layer above reads, or the softmax.
    package enum Output: Sendable, Hashable, BitwiseCopyable {
        /// h, after dropout.
        case hidden
        /// h after dropout, plus the layer's input (residual connections).
        case hiddenPlusInput
        /// The h of all layers, added from the first to the last, then dropout (skip connections).
        case sumOfHidden
    }

    /// What training needs in addition to reading.
    package struct Use: Sendable, Hashable {
        /// Whether states can be reset within a pass.
        package var resets = false
        /// Whether h_{t−1} and mixtures are masked.
        package var masksHidden = false

        package init() {}
        package static let reading = Use()
    }

    package let operations: [LayerOperation]
    /// ``operations``, divided: before, within and after the recurrence.
    package let beforeSteps: [LayerOperation]
    package let steps: [LayerOperation]
    package let afterSteps: [LayerOperation]
    /// ``steps`` in reverse.
    package let stepsBackward: [LayerOperation]
    package let output: Output

    /// - Parameter readsTable: whether a table has the normalised Wx · x of every symbol.
    package init(_ shape: StackShape, layer: Int, readsTable: Bool, use: Use = .reading) {
        let options = shape.options
        let (normalises, hasLateGates) = (options.layerNorm, shape.lateSize > 0)
        operations = LayerOperation.allCases.filter { operation in
            switch operation {
            case .multiplyInput: !readsTable
            case .normaliseInput: normalises && !readsTable
            case .reset: use.resets
            case .maskHidden: use.masksHidden
            case .multiplyHidden, .stepCell, .finishOutput: true
            case .normaliseHidden: normalises
            case .stepEarly, .prepareMixture, .multiplyMixture: hasLateGates
            case .normaliseMixture: normalises && hasLateGates
            case .project: options.projectionSize != nil
            case .fillState: options.zonesOut || use.resets
            }
        }
        beforeSteps = operations.filter { !$0.isRecurrent && $0 < .finishOutput }
        steps = operations.filter(\.isRecurrent)
        afterSteps = operations.filter { $0 == .finishOutput }
        stepsBackward = steps.reversed()
        output =
            if shape.addsInput(layer) {
                .hiddenPlusInput
            } else if shape.sumsHidden && layer == shape.layers - 1 {
                .sumOfHidden
            } else {
                .hidden
            }
    }

    package func has(_ operation: LayerOperation) -> Bool { operations.contains(operation) }
}

/// The widths of the values of a step, in floats a row; 0 for what a stack does not have.
package struct StepWidths: Sendable, Hashable {
    /// Of each layer: h (P), the other states, the gates (G).
    package let hidden, auxiliary, gates: Int
    /// Wh · h of the early gates (E), Wh · mixture of the late gates (L), the mixture (H), the values that a cell saves.
    package let hiddenTerm, lateTerm, mixed, saved: Int
    /// o ⊙ tanh(c) before its projection (H), and the states before zoneout.
    package let unprojected, fresh, freshAuxiliary: Int
    /// The output of a layer, if that of any layer is not h.
    package let output: Int
    /// The sum of the h of all layers.
    package let sum: Int

    package init(_ shape: StackShape) {
        let (H, P, options) = (shape.hiddenSize, shape.outputSize, shape.options)
        hidden = P
        auxiliary = shape.auxiliarySize
        gates = shape.gateSize
        hiddenTerm = shape.earlySize
        lateTerm = shape.lateSize
        mixed = shape.lateSize > 0 ? H : 0
        saved = shape.cell.savedCount * H
        unprojected = options.projectionSize == nil ? 0 : H
        fresh = options.zoneoutHidden > 0 ? P : 0
        freshAuxiliary = options.zoneoutCell > 0 ? shape.auxiliarySize : 0
        output = shape.addsInputs ? P : 0
        sum = shape.sumsHidden ? P : 0
    }

    /// What the layers of a stack share in training, in floats for each position: gradients of outputs, and sums.
    package var sharedInTraining: Int { 2 * hidden + output + 2 * sum }
}

extension StackShape {
    /// Whether a layer adds its input to its output.
    package func addsInput(_ layer: Int) -> Bool { options.residual && layer > 0 }
    /// Whether any layer does.
    package var addsInputs: Bool { options.residual && layers > 1 }
    /// Whether the softmax reads the sum of all layers' h; that of one layer is its h.
    package var sumsHidden: Bool { options.skip && layers > 1 }

    /// Whether h stays within [−1, 1]. A learned initial state may lie outside, and stays there in a cell that passes part of h
    /// on; an LSTM reads it only once.
    package var boundsHidden: Bool {
        cell.boundsHidden && options.projectionSize == nil
            && !(options.learnsInitialState && cell.passesGradientDirectly)
    }
    /// Whether what a layer reads stays within [−1, 1]: embeddings do not, nor do sums.
    package func boundsInput(ofLayer layer: Int) -> Bool {
        layer > 0 && boundsHidden && !addsInput(layer - 1)
    }
    /// Whether what the softmax reads does.
    package var boundsSoftmaxInput: Bool { boundsHidden && !addsInputs && !sumsHidden }
}
