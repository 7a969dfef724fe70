internal import RunicCells
internal import RunicKernels

/// A model's weights laid out for reading one symbol at a time.
final class InferenceWeights: Sendable {
    /// What a step reads of a layer, as a plain value that lives as long as the weights.
    struct Layer: BitwiseCopyable {
        /// Wh, (G, H).
        let hidden: RowMatrix.Reader
        /// Wx, (G, D); nil for a first layer with a table.
        let input: RowMatrix.Reader?
        /// (biasCount · H).
        let bias: Block<Float>
    }

    /// One column for each layer.
    let layers: Block<Layer>
    private let matrices: [RowMatrix]
    let decoder: RowMatrix
    let decoderBias: Block<Float>
    /// Wx_0 · embedding, (V, G), or no rows where the vocabulary is too large for a table to pay.
    let table: Block<Float>
    /// (V, D), read where there is no table.
    let embedding: Block<Float>
    private let arena = Arena()
    // Owns the embedding and the decoder's bias.
    private let parameters: ModelParameters

    /// - Parameters:
    ///   - parameters: already rounded to the precision.
    ///   - largestTable: the most floats that a table may have.
    /// - Throws: ``ModelError/matrix(_:)``.
    init(parameters: ModelParameters, precision: Precision, largestTable: Int) throws(ModelError) {
        self.parameters = parameters
        let (shape, blocks) = (parameters.shape, parameters.blocks)
        let V = parameters.configuration.vocabularySize
        let usesTable = V * shape.gateSize <= largestTable
        embedding = blocks["embedding.weight"]
        decoderBias = blocks["decoder.bias"]
        decoder = RowMatrix(blocks["decoder.weight"], precision: precision)
        let biases: Block<Float> = arena.block(rows: shape.layers, columns: shape.cell.biasCount * shape.hiddenSize)
        table = arena.block(rows: usesTable ? V : 0, columns: shape.gateSize)
        layers = arena.block(rows: 1, columns: shape.layers)
        var matrices: [RowMatrix] = []
        func layOut(_ name: String, _ precision: Precision) -> RowMatrix.Reader {
            let matrix = RowMatrix(blocks[name], groups: shape.cell.gateCount, precision: precision)
            matrices.append(matrix)
            return matrix.reader
        }
        for layer in 0..<shape.layers {
            let names = StackShape.Names(layer: layer)
            let bias = biases.rows(layer..<(layer + 1))
            shape.cell.combineBiases(input: blocks[names.inputBias], hidden: blocks[names.hiddenBias], into: bias)
            // An embedding is not bounded by 1 as hidden states are, so it meets float32 weights instead of int8.
            let inputPrecision = layer == 0 && precision == .int8 ? .float32 : precision
            layers[0, layer] = Layer(
                hidden: layOut(names.hiddenWeight, precision),
                input: layer == 0 && usesTable ? nil : layOut(names.inputWeight, inputPrecision), bias: bias)
        }
        self.matrices = matrices
        guard usesTable else { return }
        let weight = blocks[StackShape.Names(layer: 0).inputWeight]
        do {
            let packed = try PackedMatrix(
                library: try MatrixLibrary(), rows: weight.rows, columns: weight.columns, transposed: true,
                precision: .float32, rowsHint: V)
            packed.fill(from: weight)
            try MatrixProduct(right: packed, rows: V).run(left: Operand(embedding), output: table)
        } catch {
            throw .matrix(error.description)
        }
    }

    /// Bytes of weights that one symbol reads.
    var bytesPerSymbol: Int { matrices.reduce(decoder.byteCount) { $0 + $1.byteCount } }
}
