internal import RunicCells
internal import RunicKernels

/// The linear layer that makes answers of hidden states, y = W h + b, as products read it.
struct SequenceReadout: Sendable {
    static let weightName = "readout.weight"
    static let biasName = "readout.bias"

    /// (O, H) and (O), the parameters themselves.
    let weight: Block<Float>
    let bias: Block<Float>
    let forward: PackedMatrix
    let backward: PackedMatrix

    /// - Throws: ``MatrixError/unsupported(_:)``.
    init(parameters: ParameterBlocks, library: MatrixLibrary, rowsHint: Int) throws(MatrixError) {
        weight = parameters[Self.weightName]
        bias = parameters[Self.biasName]
        forward = try PackedMatrix(
            library: library, rows: weight.rows, columns: weight.columns, transposed: true, precision: .float32,
            rowsHint: rowsHint)
        backward = try PackedMatrix(
            library: library, rows: weight.rows, columns: weight.columns, transposed: false, precision: .float32,
            rowsHint: rowsHint)
    }

    /// Brings the packed forms up to date with the parameters.
    func refresh() {
        forward.fill(from: weight)
        backward.fill(from: weight)
    }
}
