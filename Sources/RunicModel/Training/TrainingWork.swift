internal import RunicCells
package import RunicKernels

/// What one training step has to do at the least, part by part: multiply-adds, and bytes to and from memory.
///
/// Letters: N = B · T positions, G gates, H hidden, P width of h, D embedding, V vocabulary, L layers. With a table the first layer's
/// input products fall away.
package struct TrainingWork: Sendable {
    private let configuration: ModelConfiguration
    private let shape: StackShape
    private let batch: Int
    private let time: Int
    private let precision: Precision
    private let parameters: Int

    /// - Throws: ``ModelError`` for a configuration that is none.
    package init(_ configuration: ModelConfiguration, batch: Int, time: Int, precision: Precision) throws(ModelError) {
        self.configuration = configuration
        self.batch = batch
        self.time = time
        self.precision = precision
        shape = try ModelParameters.shape(of: configuration)
        parameters = try ModelParameters.count(configuration)
    }

    private var N: Double { Double(batch * time) }
    private var G: Double { Double(shape.gateSize) }
    private var H: Double { Double(shape.hiddenSize) }
    private var P: Double { Double(shape.outputSize) }
    private var D: Double { Double(shape.inputSize) }
    private var V: Double { Double(configuration.vocabularySize) }
    private var L: Double { Double(shape.layers) }
    private var usesTable: Bool { configuration.vocabularySize <= batch * time }
    /// Inputs that all layers multiply: the table stands in for the first layer's.
    private var inputs: Double { (L - 1) * P + (usesTable ? 0 : D) }
    private var projection: Double { shape.options.projectionSize == nil ? 0 : L * P * H }
    private var tableProduct: Double { usesTable ? V * D * G : 0 }

    /// The multiply-adds of a part; 0 where it has none to speak of.
    package func multiplyAdds(_ part: StepPhase) -> Double {
        switch part {
        case .packing: tableProduct
        case .inputProducts: 2 * N * G * inputs
        // Nothing stands before the first step, so the way back ends one earlier.
        case .recurrentProducts: (2 * N - Double(batch)) * G * P * L + 2 * N * projection
        case .decoderProducts: 2 * N * V * P
        case .weightGradients: N * (G * (L * P + inputs) + V * P + projection) + 2 * tableProduct
        case .cellsForward, .cellsBackward, .softmax, .dropout, .scatter, .norm, .optimizer: 0
        }
    }

    /// The multiply-adds of all parts.
    package var multiplyAdds: Double { StepPhase.allCases.reduce(0) { $0 + multiplyAdds($1) } }

    /// The bytes that a part reads and writes beyond what stays in the caches from the part before.
    package func bytes(_ part: StepPhase) -> Double {
        let rounded: Double = precision == .float32 ? 0 : 2
        let cell = shape.cell
        let gates = Double(cell.gateCount)
        let states = Double(1 + cell.auxiliaryCount + cell.savedCount)
        return switch part {
        case .packing: Double(parameters) * (4 + 2 * (4 - rounded))
        // Forward writes what backward reads again; backward turns gates into gradients in place.
        case .cellsForward: N * L * H * (4 * (gates + states) + rounded)
        case .cellsBackward:
            N * L * H
                * (4 * (gates + states + 1) + (4 + rounded) * gates * (cell.separatesRecurrentGradient ? 2 : 1))
        case .softmax: N * V * (8 + rounded)
        case .dropout: N * L * H * 16
        case .scatter: N * (usesTable ? G : D) * 4
        case .norm: Double(parameters) * 4
        case .optimizer: Double(parameters) * 28
        case .inputProducts, .recurrentProducts, .decoderProducts, .weightGradients: 0
        }
    }

    /// The bytes that a part goes through before it comes back to the same: which cache they could stay in.
    package func workingSet(_ part: StepPhase) -> Double {
        switch part {
        case .norm, .optimizer, .packing: Double(parameters) * 4
        case .softmax: bytes(.softmax)
        default: bytes(.cellsForward)
        }
    }
}
