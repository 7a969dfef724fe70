package import RunicCells
package import RunicKernels

/// An estimate of the memory that training needs, without allocating it. The first layer's table is not counted.
package struct MemoryEstimate: Sendable, Hashable {
    /// Parameters, gradient, both moments, the snapshot of parameters and moments, the best parameters, and the packed
    /// copies of the weights.
    package let parameterBytes: Double
    /// The activations that the shards keep for the backward pass.
    package let activationBytes: Double

    package var bytes: Double { parameterBytes + activationBytes }

    /// - Parameter averages: whether the optimizer keeps an average of the parameters.
    /// - Throws: ``ModelError`` for an invalid configuration.
    package init(
        _ configuration: ModelConfiguration, batch: Int, sequence: Int, precision: Precision, averages: Bool = false,
        cells: CellRegistry = CellRegistry()
    ) throws(ModelError) {
        let shape = try ModelParameters.shape(of: configuration, cells: cells)
        let operand: Double = precision == .float32 ? 4 : 2
        let parameters = Double(try ModelParameters.count(configuration, cells: cells))
        parameterBytes = parameters * ((averages ? 11 : 8) * 4 + 2 * operand)
        let cell = shape.cell
        let (H, P) = (Double(shape.hiddenSize), Double(shape.outputSize))
        let gates = Double(shape.gateSize) * (4 + (precision == .float32 ? 0 : operand))
        let states =
            (2 * P + Double(cell.savedCount) * H + Double(shape.auxiliarySize)) * 4 + 2 * P * operand
            + (shape.options.projectionSize == nil ? 0 : (H + P) * (4 + operand))
            + (shape.lateSize > 0 ? H * (4 + operand) : 0)
        let separates = cell.separatesRecurrentGradient || shape.options.layerNorm
        let normalised = shape.options.layerNorm ? 2 * Double(shape.gateSize) * 4 : 0
        let zoned = shape.options.zonesOut ? (2 * P + Double(shape.auxiliarySize)) * 4 + P * operand : 0
        let layer = gates * (separates ? 2 : 1) + states + normalised + zoned
        let logits = Double(configuration.vocabularySize) * (4 + operand)
        let shared = 4 * Double(StepWidths(shape).sharedInTraining)
        activationBytes = Double(batch) * Double(sequence) * (Double(shape.layers) * layer + shared + logits)
    }
}
