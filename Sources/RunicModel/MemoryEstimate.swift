package import RunicCells
package import RunicKernels

/// About how much memory training takes, known before any is taken.
package struct MemoryEstimate: Sendable, Hashable {
    /// Parameters, gradient, both moments, the best parameters, and the packed copies of the weights.
    package let parameterBytes: Double
    /// What the shards keep of a step for the way back.
    package let activationBytes: Double

    package var bytes: Double { parameterBytes + activationBytes }

    /// - Throws: ``ModelError`` for a configuration that is none.
    package init(
        _ configuration: ModelConfiguration, batch: Int, sequence: Int, precision: Precision,
        cells: CellRegistry = CellRegistry()
    ) throws(ModelError) {
        let shape = try ModelParameters.shape(of: configuration, cells: cells)
        let operand: Double = precision == .float32 ? 4 : 2
        let parameters = Double(try ModelParameters.count(configuration, cells: cells))
        parameterBytes = parameters * (5 * 4 + 2 * operand)
        let cell = shape.cell
        let H = Double(shape.hiddenSize)
        let gates = Double(shape.gateSize) * (4 + (precision == .float32 ? 0 : operand))
        let states = H * Double(2 + cell.auxiliaryCount + cell.savedCount) * 4 + 2 * H * operand
        let layer = gates * (cell.separatesRecurrentGradient ? 2 : 1) + states
        let logits = Double(configuration.vocabularySize) * (4 + operand)
        activationBytes = Double(batch) * Double(sequence) * (Double(shape.layers) * layer + 2 * 4 * H + logits)
    }
}
