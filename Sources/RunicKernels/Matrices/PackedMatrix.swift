internal import CRunicDNNL

/// The right side (K, N) of products, in the layout that oneDNN reads fastest.
///
/// In int8 the source is quantised by rows, which must be the columns N of the products: `transposed`.
@safe
package final class PackedMatrix: @unchecked Sendable {
    // Sendable by hand: filled by one worker between two barriers, then only read.
    let handle: OpaquePointer
    private let library: MatrixLibrary
    private let stride: Int
    private let transposed: Bool
    /// Rows of the right-hand side: the length of the sums.
    package let k: Int
    /// Columns of the right-hand side and of the result.
    package let n: Int
    package let precision: Precision
    /// (N): the values that convert int32 sums to floats; empty in other precisions.
    private(set) var corrections: [Int32] = []
    private(set) var scales: [Float] = []

    /// Makes an empty packed matrix for a source of a fixed shape.
    ///
    /// - Parameters:
    ///   - rows: the rows of the source of ``fill(from:)``, which is (K, N), or (N, K) if `transposed`; `columns` likewise.
    ///   - rowsHint: the approximate number of rows of the left sides.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        library: MatrixLibrary, rows: Int, columns: Int, transposed: Bool, precision: Precision, rowsHint: Int
    ) throws(MatrixError) {
        precondition(precision != .int8 || transposed, "int8 weights are scaled by rows of (N, K)")
        (k, n) = transposed ? (columns, rows) : (rows, columns)
        stride = columns
        self.transposed = transposed
        self.precision = precision
        self.library = library
        guard
            let made = unsafe runic_packed_create(
                library.engine, Int64(k), Int64(n), Int64(stride), transposed ? 1 : 0, precision.code, Int64(rowsHint))
        else { throw .unsupported("(\(rowsHint), \(k)) by (\(k), \(n)) in \(precision.rawValue)") }
        unsafe handle = made
    }

    deinit { unsafe runic_packed_destroy(handle) }

    /// Packs a source, rounded or quantised to the precision.
    ///
    /// - Precondition: `source` is contiguous and has the shape given to the initialiser.
    /// - Complexity: O(K · N), bound by memory.
    package func fill(from source: Block<Float>) {
        let shape = transposed ? (n, k) : (k, n)
        precondition(
            source.isContiguous && (source.rows, source.columns) == shape,
            "packing (\(source.rows), \(source.columns)) into \(shape)")
        let status: Int32
        if precision == .int8 {
            let quantized = QuantizedMatrix(source)
            (corrections, scales) = quantized.stateProductForm
            status = unsafe quantized.values.withUnsafeBufferPointer {
                unsafe runic_packed_fill(handle, $0.baseAddress)
            }
        } else {
            status = unsafe runic_packed_fill(handle, source.base)
        }
        precondition(status == 0, "oneDNN could not pack a matrix")
    }
}
