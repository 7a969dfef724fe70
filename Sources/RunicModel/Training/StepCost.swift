package import RunicCells
package import RunicKernels

/// The least cost of a training step, phase by phase: multiply-adds, and bytes to and from memory.
///
/// Letters: N = B · T positions, G gates, H hidden, P width of h, D embedding, V vocabulary, L layers. With a table, the
/// first layer has no input products.
package struct StepCost: Sendable {
    private let configuration: ModelConfiguration
    private let shape: StackShape
    private let batch: Int
    private let time: Int
    private let precision: Precision
    private let parameters: Int
    private let usesTable: Bool

    /// - Parameter embeddingDropout: above 0, symbols are gathered and multiplied instead of read from a table.
    /// - Throws: ``ModelError`` for an invalid configuration.
    package init(
        _ configuration: ModelConfiguration, batch: Int, time: Int, precision: Precision, embeddingDropout: Double
    ) throws(ModelError) {
        self.configuration = configuration
        self.batch = batch
        self.time = time
        self.precision = precision
        shape = try ModelParameters.shape(of: configuration)
        parameters = try ModelParameters.count(configuration)
        usesTable =
            SymbolInput.forBatch(
                vocabularySize: configuration.vocabularySize, positions: batch * time,
                embeddingDropout: embeddingDropout) == .table
    }

    private var N: Double { Double(batch * time) }
    private var G: Double { Double(shape.gateSize) }
    private var H: Double { Double(shape.hiddenSize) }
    private var P: Double { Double(shape.outputSize) }
    private var D: Double { Double(shape.inputSize) }
    private var V: Double { Double(configuration.vocabularySize) }
    private var L: Double { Double(shape.layers) }
    /// The widths of all multiplied inputs together: without the first layer's if there is a table.
    private var inputs: Double { (L - 1) * P + (usesTable ? 0 : D) }
    private var projection: Double { shape.options.projectionSize == nil ? 0 : L * P * H }
    private var tableProduct: Double { usesTable ? V * D * G : 0 }

    /// The multiply-adds of a phase; 0 if they are negligible.
    package func multiplyAdds(_ phase: StepPhase) -> Double {
        switch phase {
        case .packing: tableProduct
        case .inputProducts: 2 * N * G * inputs
        // No step precedes the first, so the backward pass has one step less.
        case .recurrentProducts: (2 * N - Double(batch)) * G * P * L + 2 * N * projection
        case .decoderProducts: 2 * N * V * P
        case .weightGradients: N * (G * (L * P + inputs) + V * P + projection) + 2 * tableProduct
        case .cellsForward, .cellsBackward, .softmax, .dropout, .scatter, .norm, .optimizer: 0
        }
    }

    /// The multiply-adds of all phases.
    package var multiplyAdds: Double { StepPhase.allCases.reduce(0) { $0 + multiplyAdds($1) } }

    /// The bytes that a phase reads and writes, without those that stay in cache from the phase before.
    package func bytes(_ phase: StepPhase) -> Double {
        let rounded: Double = precision == .float32 ? 0 : 2
        let cell = shape.cell
        let gates = Double(cell.gateCount)
        let states = Double(1 + cell.auxiliaryCount + cell.savedCount)
        return switch phase {
        case .packing: Double(parameters) * (4 + 2 * (4 - rounded))
        // Forward writes the values that backward reads; backward turns gates into gradients in place.
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

    /// The working set of a phase: the bytes touched before any is reused.
    package func workingSet(_ phase: StepPhase) -> Double {
        switch phase {
        case .norm, .optimizer, .packing: Double(parameters) * 4
        case .softmax: bytes(.softmax)
        default: bytes(.cellsForward)
        }
    }
}
