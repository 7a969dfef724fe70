internal import RunicCells
internal import RunicKernels

/// A model's weights packed for products of many rows.
///
/// On a processor without the instructions for a precision, each row uses the one-row form instead: the library would be
/// slow, and its int8 sums could overflow.
final class PackedInferenceWeights: Sendable {
    /// A layer's matrices, as in ``InferenceWeights/Layer``; nil if the layer has none, or if rows are multiplied one by
    /// one.
    struct Layer {
        let hidden, late, input, projection: PackedMatrix?
    }
    let layers: [Layer]
    let decoder: PackedMatrix?

    /// - Parameter usesLibrary: whether the library computes the products of a precision.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    init(
        model: InferenceModel, rowsHint: Int, usesLibrary: (Precision) -> Bool
    ) throws(MatrixError) {
        let library = try MatrixLibrary()
        let (shape, blocks) = (model.parameters.shape, model.parameters.blocks)
        // A matrix that one stream reads in float32 instead of int8 is read row by row here, for the same sums.
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
