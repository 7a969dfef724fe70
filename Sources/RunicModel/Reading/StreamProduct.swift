internal import RunicKernels

/// A product of the rows of an ``InferenceShard``: by the library, or row by row if the processor lacks its instructions.
struct StreamProduct {
    private let product: MatrixProduct?
    private let reader: RowMatrix.Reader

    /// - Throws: ``MatrixError/unsupported(_:)``.
    init(_ packed: PackedMatrix?, _ reader: RowMatrix.Reader, rows: Int, leftStride: Int) throws(MatrixError) {
        product = try packed.map { (packed) throws(MatrixError) in
            try MatrixProduct(right: packed, rows: rows, leftStride: leftStride)
        }
        self.reader = reader
    }

    /// - Parameters:
    ///   - operand: the input that the library reads.
    ///   - floats: the same in float32, for row-by-row products.
    ///   - states: the same in 8 bits and padded, for row-by-row products in int8.
    func run(_ operand: Operand, floats: Block<Float>, states: Block<UInt8>, to output: Block<Float>) {
        if let product { return product.run(left: operand, output: output) }
        for row in 0..<output.rows {
            let range = row..<(row + 1)
            reader.multiply(
                panels: 0..<reader.panels, floats.rows(range), states: states.rows(range), to: output.rows(range))
        }
    }
}
