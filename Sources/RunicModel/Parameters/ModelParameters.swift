package import RunicCells
package import RunicKernels

/// The parameters of one language model: a buffer and its table of tensors.
///
///     embedding.weight (V, D) · rnn.* of each layer · decoder.weight (V, P) unless tied · decoder.bias (V)
package final class ModelParameters: @unchecked Sendable {
    // Sendable by hand: one owner writes (the trainer, between barriers); everybody else reads.
    package let configuration: ModelConfiguration
    package let shape: StackShape
    package let layout: ParameterLayout
    private let buffer: AlignedBuffer<Float>

    /// The widths that embeddings and hidden layers may have.
    package static let sizes = 1...16_384
    /// The numbers of layers that a model may have.
    package static let layerCounts = 1...64

    /// Zeroed parameters.
    ///
    /// - Throws: ``ModelError``: an unknown cell, or a size out of range.
    package init(configuration: ModelConfiguration, cells: CellRegistry = CellRegistry()) throws(ModelError) {
        shape = try Self.shape(of: configuration, cells: cells)
        layout = Self.layout(of: shape, configuration)
        self.configuration = configuration
        buffer = AlignedBuffer(zeros: layout.length)
    }

    /// The recurrent part of a configuration, without taking memory for its parameters.
    ///
    /// - Throws: ``ModelError``: an unknown cell, or a size out of range.
    package static func shape(
        of configuration: ModelConfiguration, cells: CellRegistry = CellRegistry()
    ) throws(ModelError) -> StackShape {
        try check("vocabulary size", configuration.vocabularySize, 2...65_536)
        try check("embedding size", configuration.embeddingSize, sizes)
        try check("hidden size", configuration.hiddenSize, sizes)
        try check("layers", configuration.layers, layerCounts)
        let cell: any RecurrentCell
        do {
            cell = try cells.cell(named: configuration.cell)
        } catch {
            throw .unknownCell(configuration.cell, reason: error.description)
        }
        var options = StackOptions()
        if let projected = configuration.projectionSize {
            try check("projection size", projected, 1...configuration.hiddenSize)
            guard cell.canProject else {
                throw .conflict("the cell \(configuration.cell) cannot be projected; only an lstm can")
            }
            options.projectionSize = projected
        }
        if configuration.tied && configuration.embeddingSize != configuration.outputSize {
            throw .conflict(
                "tied weights need an embedding as wide as what the layers give: it is "
                    + "\(configuration.embeddingSize), and they give \(configuration.outputSize)")
        }
        for (name, value) in [("zoneout", configuration.zoneoutHidden), ("cell zoneout", configuration.zoneoutCell)]
        where !(value >= 0 && value < 1) {
            throw .conflict("\(name) is \(value); it must be at least 0 and below 1")
        }
        options.residual = configuration.residual
        options.layerNorm = configuration.layerNorm
        options.learnsInitialState = configuration.learnsInitialState
        options.zoneoutHidden = configuration.zoneoutHidden
        options.zoneoutCell = cell.auxiliaryCount > 0 ? configuration.zoneoutCell : 0
        return StackShape(
            cell: cell, layers: configuration.layers, inputSize: configuration.embeddingSize,
            hiddenSize: configuration.hiddenSize, options: options)
    }

    /// The tensors of a configuration, without taking memory for them.
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

    /// The softmax's weights, (V, P): those of the embedding where the two are tied.
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

    /// The same parameters in memory of their own.
    package func copy() -> ModelParameters { ModelParameters(copying: self) }

    /// The number of parameters of a model, without making one.
    ///
    /// - Throws: ``ModelError``.
    package static func count(
        _ configuration: ModelConfiguration, cells: CellRegistry = CellRegistry()
    ) throws(ModelError) -> Int {
        try layout(of: configuration, cells: cells).parameterCount
    }

    /// Sets every tensor to its starting value.
    ///
    /// - embedding: normal, mean 0, deviation 1, as PyTorch's `Embedding`; uniform as below where it is the decoder too;
    /// - the other matrices: uniform with variance 1 over the number of columns (LeCun et al. 1998,
    ///   doi:10.1007/3-540-49430-8_2), so that each product has the variance of what it reads. PyTorch's modules take ±1/√H,
    ///   with which a small LSTM learns much slower: docs/RESULTS.md;
    /// - vectors 0, but for what the cell asks (an LSTM's forget gate: 1), and gains, which are 1.
    ///
    /// The same seed gives the same parameters.
    ///
    /// - Parameter memory: how many steps the cells should remember from the start (Tallec and Ollivier 2018,
    ///   arXiv 1804.11188); nil for their ordinary biases.
    package func initialise(seed: UInt64, memory: Int? = nil) {
        shape.initialise(blocks, seed: seed, memory: memory) { entry in
            entry.name == "embedding.weight" && !configuration.tied ? .normal : .uniform(columns: entry.columns)
        }
    }
}
