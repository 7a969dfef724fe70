package import RunicCells
internal import RunicKernels

/// The softmax layer's weights, packed for products: logits = h · Wᵀ + b.
package final class DecoderWeights: Sendable {
    let weight: Block<Float>
    let bias: Block<Float>
    let forward: PackedMatrix
    let backward: PackedMatrix?
    package let refreshTasks: [StackWeights.RefreshTask]

    /// - Throws: ``MatrixError/unsupported(_:)``.
    init(
        parameters: ModelParameters, precision: Precision, library: MatrixLibrary, trains: Bool
    ) throws(MatrixError) {
        let weight = parameters.decoderWeight
        self.weight = weight
        bias = parameters.blocks["decoder.bias"]
        let forward = try PackedMatrix(
            library: library, rows: weight.rows, columns: weight.columns, transposed: true, precision: precision,
            rowsHint: LanguageModelShard.logitRows)
        var tasks: [StackWeights.RefreshTask] = [{ _ in forward.fill(from: weight) }]
        if trains {
            let backward = try PackedMatrix(
                library: library, rows: weight.rows, columns: weight.columns, transposed: false, precision: precision,
                rowsHint: LanguageModelShard.logitRows)
            tasks.append { _ in backward.fill(from: weight) }
            self.backward = backward
        } else {
            backward = nil
        }
        self.forward = forward
        refreshTasks = tasks
    }
}
