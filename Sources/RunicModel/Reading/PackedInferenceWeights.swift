internal import RunicCells
internal import RunicKernels

/// A model's weights packed for products of many rows.
///
/// Where the processor lacks the instructions that a precision lives from, the one-row form serves each row instead: the
/// library would be slow there, and its int8 sums could overflow.
final class PackedInferenceWeights: Sendable {
    /// A layer's matrices as ``InferenceWeights/Layer`` has them; nil where there is none, or where rows are multiplied one
    /// by one.
    struct Layer {
        let hidden, late, input, projection: PackedMatrix?
    }
    let layers: [Layer]
    let decoder: PackedMatrix?

    /// - Parameter usesLibrary: whether a precision's products of many rows are the library's.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    init(
        model: InferenceModel, rowsHint: Int, usesLibrary: (Precision) -> Bool
    ) throws(MatrixError) {
        let library = try MatrixLibrary()
        let (shape, blocks) = (model.parameters.shape, model.parameters.blocks)
        // Where one stream meets float32 beside int8, so does each row: its sums must be the same.
        func pack(_ source: Block<Float>, _ reader: RowMatrix.Reader?) throws(MatrixError) -> PackedMatrix? {
            guard let reader, reader.precision == model.precision, usesLibrary(model.precision) else { return nil }
            let packed = try PackedMatrix(
                library: library, rows: source.rows, columns: source.columns, transposed: true,
                precision: model.precision, rowsHint: rowsHint)
            packed.fill(from: source)
            return packed
        }
        var layers: [Layer] = []
        for index in 0..<shape.layers {
            let (names, own) = (StackShape.Names(layer: index), model.weights.layers[0, index])
            let wh = blocks[names.hiddenWeight]
            layers.append(
                Layer(
                    hidden: try pack(wh.rows(0..<shape.earlySize), own.hidden),
                    late: try pack(wh.rows(shape.earlySize..<shape.gateSize), own.late),
                    input: try pack(blocks[names.inputWeight], own.input),
                    projection: own.projection == nil ? nil : try pack(blocks[names.projection], own.projection)))
        }
        self.layers = layers
        decoder = try pack(model.parameters.decoderWeight, model.weights.decoder.reader)
    }
}
