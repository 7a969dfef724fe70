internal import RunicCells
internal import RunicKernels

/// A model's weights packed for products of many rows.
///
/// Where the processor lacks the instructions that a precision lives from, the one-row form serves each row instead: the
/// library would be slow there, and its int8 sums could overflow.
final class PackedInferenceWeights: Sendable {
    /// Wh and Wx of each layer, and the decoder's; nil where rows are multiplied one by one.
    let hidden: [PackedMatrix?]
    let input: [PackedMatrix?]
    let decoder: PackedMatrix?

    /// - Parameter usesLibrary: whether a precision's products of many rows are the library's.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    init(
        model: InferenceModel, rowsHint: Int, usesLibrary: (Precision) -> Bool
    ) throws(MatrixError) {
        let library = try MatrixLibrary()
        let (shape, blocks) = (model.parameters.shape, model.parameters.blocks)
        func pack(_ name: String) throws(MatrixError) -> PackedMatrix? {
            guard usesLibrary(model.precision) else { return nil }
            let source = blocks[name]
            let packed = try PackedMatrix(
                library: library, rows: source.rows, columns: source.columns, transposed: true,
                precision: model.precision, rowsHint: rowsHint)
            packed.fill(from: source)
            return packed
        }
        var hidden: [PackedMatrix?] = []
        var input: [PackedMatrix?] = []
        for layer in 0..<shape.layers {
            let names = StackShape.Names(layer: layer)
            hidden.append(try pack(names.hiddenWeight))
            // Where one stream meets float32 beside int8, so does each row: its sums must be the same.
            let own = model.weights.layers[0, layer].input?.precision
            input.append(own == model.precision ? try pack(names.inputWeight) : nil)
        }
        self.hidden = hidden
        self.input = input
        decoder = try pack("decoder.weight")
    }
}
