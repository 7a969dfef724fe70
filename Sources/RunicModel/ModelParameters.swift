package import RunicCells
package import RunicKernels

/// The parameters of one language model: a buffer and its table of tensors.
///
///     embedding.weight (V, D) · rnn.* of each layer · decoder.weight (V, H) · decoder.bias (V)
package final class ModelParameters: @unchecked Sendable {
    // Sendable by hand: one owner writes (the trainer, between barriers); everybody else reads.
    package let configuration: ModelConfiguration
    package let shape: StackShape
    package let layout: ParameterLayout
    private let buffer: AlignedBuffer<Float>

    /// Zeroed parameters.
    ///
    /// - Throws: ``ModelError``: an unknown cell, or a size out of range.
    package init(configuration: ModelConfiguration, cells: CellRegistry = CellRegistry()) throws(ModelError) {
        shape = try Self.shape(of: configuration, cells: cells)
        layout = Self.layout(of: shape, vocabularySize: configuration.vocabularySize)
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
        try check("embedding size", configuration.embeddingSize, 1...16_384)
        try check("hidden size", configuration.hiddenSize, 1...16_384)
        try check("layers", configuration.layers, 1...64)
        do {
            return StackShape(
                cell: try cells.cell(named: configuration.cell), layers: configuration.layers,
                inputSize: configuration.embeddingSize, hiddenSize: configuration.hiddenSize)
        } catch {
            throw .unknownCell(configuration.cell, known: cells.names)
        }
    }

    /// The tensors of a configuration, without taking memory for them.
    ///
    /// - Throws: ``ModelError``: an unknown cell, or a size out of range.
    package static func layout(
        of configuration: ModelConfiguration, cells: CellRegistry = CellRegistry()
    ) throws(ModelError) -> ParameterLayout {
        layout(of: try shape(of: configuration, cells: cells), vocabularySize: configuration.vocabularySize)
    }

    private static func layout(of shape: StackShape, vocabularySize: Int) -> ParameterLayout {
        var layout = ParameterLayout()
        layout.append("embedding.weight", [vocabularySize, shape.inputSize])
        shape.appendParameters(to: &layout)
        layout.append("decoder.weight", [vocabularySize, shape.hiddenSize])
        layout.append("decoder.bias", [vocabularySize])
        return layout
    }

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
    /// - embedding: normal, mean 0, deviation 1, as PyTorch's `Embedding`;
    /// - the weights of the cells and of the decoder: uniform within ±1/√H, as PyTorch's modules;
    /// - biases 0, but for what the cell asks (an LSTM's forget gate: 1).
    ///
    /// The same seed gives the same parameters.
    package func initialise(seed: UInt64) {
        let bound = 1 / Float(configuration.hiddenSize).squareRoot()
        for (index, entry) in layout.entries.enumerated() {
            var generator = SplitMix64(seed: seed, stream: UInt64(index))
            let block = blocks[entry.name]
            if entry.name == "embedding.weight" {
                block.assign(from: (0..<entry.count).map { _ in generator.nextNormal() })
            } else if entry.isMatrix {
                block.assign(from: (0..<entry.count).map { _ in (2 * generator.nextUnit() - 1) * bound })
            } else {
                block.fill(0)
            }
        }
        for layer in 0..<shape.layers {
            blocks[StackShape.Names(layer: layer).inputBias]
                .assign(from: shape.cell.initialInputBias(hiddenSize: shape.hiddenSize))
        }
    }
}
