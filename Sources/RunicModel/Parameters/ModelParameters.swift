package import RunicCells
package import RunicKernels

/// The parameters of one language model: a buffer and its layout of tensors.
///
///     embedding.weight (V, D) · rnn.* of each layer · decoder.weight (V, P) unless tied · decoder.bias (V)
package final class ModelParameters: @unchecked Sendable {
    // Sendable by hand: one owner writes (the trainer, between barriers); all others read.
    package let configuration: ModelConfiguration
    package let shape: StackShape
    package let layout: ParameterLayout
    private let buffer: AlignedBuffer<Float>

    /// Zeroed parameters.
    ///
    /// - Throws: ``ModelError``: an unknown cell, or a size out of range.
    package convenience init(configuration: ModelConfiguration, cells: CellRegistry = CellRegistry()) throws(ModelError)
    {
        try self.init(configuration: configuration, shape: try Self.shape(of: configuration, cells: cells))
    }

    /// Zeroed parameters with a known recurrent stack, that of `configuration`.
    ///
    /// - Throws: ``ModelError`` for a vocabulary size out of range.
    init(configuration: ModelConfiguration, shape: StackShape) throws(ModelError) {
        try Self.check("vocabulary size", configuration.vocabularySize, ModelConfiguration.vocabularySizes)
        self.configuration = configuration
        self.shape = shape
        layout = Self.layout(of: shape, configuration)
        buffer = AlignedBuffer(zeros: layout.length)
    }

    /// The recurrent stack of a configuration, without allocating its parameters.
    ///
    /// - Throws: ``ModelError``: an unknown cell, or a size out of range.
    package static func shape(
        of configuration: ModelConfiguration, cells: CellRegistry = CellRegistry()
    ) throws(ModelError) -> StackShape {
        try check("vocabulary size", configuration.vocabularySize, ModelConfiguration.vocabularySizes)
        try check("embedding size", configuration.embeddingSize, ModelConfiguration.widths)
        try check("hidden size", configuration.hiddenSize, ModelConfiguration.widths)
        try check("layers", configuration.layers, ModelConfiguration.layerCounts)
        let cell: any RecurrentCell
        do {
            cell = try cells.cell(named: configuration.cell)
        } catch {
            throw .unknownCell(configuration.cell, reason: error.description)
        }
        if let projected = configuration.projectionSize {
            try check("projection size", projected, 1...configuration.hiddenSize)
        }
        if let conflict = configuration.options.conflict(with: cell, named: configuration.cell) {
            throw .conflict(conflict)
        }
        if configuration.tied && configuration.embeddingSize != configuration.outputSize {
            throw .conflict(
                "tied weights need an embedding as wide as the output of the layers: it is "
                    + "\(configuration.embeddingSize), and the output is \(configuration.outputSize)")
        }
        for (name, value) in [("zoneout", configuration.zoneoutHidden), ("cell zoneout", configuration.zoneoutCell)]
        where !(value >= 0 && value < 1) {
            throw .conflict("\(name) is \(value); it must be at least 0 and below 1")
        }
        var options = configuration.options
        options.zoneoutCell = cell.auxiliaryCount > 0 ? configuration.zoneoutCell : 0
        return StackShape(
            cell: cell, layers: configuration.layers, inputSize: configuration.embeddingSize,
            hiddenSize: configuration.hiddenSize, options: options)
    }

    /// The tensors of a configuration, without allocating them.
    ///
    /// - Throws: ``ModelError``: an unknown cell, or a size out of range.
    package static func layout(
        of configuration: ModelConfiguration, cells: CellRegistry = CellRegistry()
    ) throws(ModelError) -> ParameterLayout {
        layout(of: try shape(of: configuration, cells: cells), configuration)
    }

    private static func layout(of shape: StackShape, _ configuration: ModelConfiguration) -> ParameterLayout {
        let V = configuration.vocabularySize
        var layout = ParameterLayout()
        layout.append("embedding.weight", [V, shape.inputSize])
        shape.appendParameters(to: &layout)
        if !configuration.tied { layout.append("decoder.weight", [V, shape.outputSize]) }
        layout.append("decoder.bias", [V])
        return layout
    }

    /// The name of the softmax layer's weights, (V, P); tied weights are the embedding.
    package static func decoderName(_ configuration: ModelConfiguration) -> String {
        configuration.tied ? "embedding.weight" : "decoder.weight"
    }
    package var decoderWeight: Block<Float> { blocks[Self.decoderName(configuration)] }

    private init(copying other: ModelParameters) {
        configuration = other.configuration
        shape = other.shape
        layout = other.layout
        buffer = other.buffer.copy()
    }

    private static func check(_ name: String, _ value: Int, _ allowed: ClosedRange<Int>) throws(ModelError) {
        guard allowed.contains(value) else { throw .size(name: name, value: value, allowed: allowed) }
    }

    /// The tensors by name.
    package var blocks: ParameterBlocks { ParameterBlocks(layout: layout, whole: buffer.block) }

    /// The number of parameters.
    package var count: Int { layout.parameterCount }

    /// The whole buffer as one row, gaps included.
    package var whole: Block<Float> { buffer.block }

    /// A copy in its own memory.
    package func copy() -> ModelParameters { ModelParameters(copying: self) }

    /// The number of parameters of a model, without making one.
    ///
    /// - Throws: ``ModelError``.
    package static func count(
        _ configuration: ModelConfiguration, cells: CellRegistry = CellRegistry()
    ) throws(ModelError) -> Int {
        try layout(of: configuration, cells: cells).parameterCount
    }

    /// Sets every tensor to its initial value.
    ///
    /// - embedding: normal with mean 0 and deviation 1, as in PyTorch's `Embedding`; uniform as below if tied;
    /// - other matrices: uniform with a variance of 1 over the number of columns (LeCun et al. 1998,
    ///   doi:10.1007/3-540-49430-8_2), so that each product has the variance of its input. PyTorch's modules use ±1/√H,
    ///   with which a small LSTM learns much more slowly: docs/RESULTS.md;
    /// - vectors: 0, except for the cell's own values (an LSTM's forget gate: 1) and gains, which are 1.
    ///
    /// The same seed gives the same parameters.
    ///
    /// - Parameter rememberedSteps: the time scale of chrono initialisation, in steps (Tallec and Ollivier 2018,
    ///   arXiv 1804.11188); nil for the cells' default biases.
    package func initialise(seed: UInt64, rememberedSteps: Int? = nil) {
        shape.initialise(blocks, seed: seed, rememberedSteps: rememberedSteps) { entry in
            entry.name == "embedding.weight" && !configuration.tied ? .normal : .uniform(columns: entry.columns)
        }
    }
}
