internal import CRunicDNNL
internal import CRunicKernels

/// A prepared product `output = left · right`, or `output += left · right`, of one shape.
///
/// One thread at a time may run it.
@safe
package final class MatrixProduct: @unchecked Sendable {
    // Sendable by hand: each belongs to one shard or task, which one worker runs at a time.
    private let handle: OpaquePointer
    private let library: MatrixLibrary?
    private let right: PackedMatrix?
    private let m: Int, n: Int, k: Int
    private let leftStride: Int, rightStride: Int, outputStride: Int
    private let leftTransposed: Bool
    private let precision: Precision

    /// A product with a packed right side.
    ///
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        right: PackedMatrix, rows: Int, leftStride: Int? = nil, outputStride: Int? = nil, accumulates: Bool = false
    ) throws(MatrixError) {
        (m, n, k) = (rows, right.n, right.k)
        self.leftStride = leftStride ?? right.k
        self.outputStride = outputStride ?? right.n
        rightStride = 0
        leftTransposed = false
        precision = right.precision
        precondition(precision != .int8 || self.outputStride == n && !accumulates, "int8 products fill whole rows")
        self.right = right
        library = nil
        guard
            let made = unsafe runic_product_create_packed(
                right.handle, Int64(m), Int64(self.leftStride), Int64(self.outputStride), accumulates ? 1 : 0)
        else { throw .unsupported("(\(m), \(k)) by packed (\(k), \(n)) in \(precision.rawValue)") }
        unsafe handle = made
    }

    /// A product of two plain row-major matrices, as weight gradients need: left is (M, K), stored as (K, M) if
    /// `leftTransposed`.
    ///
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        library: MatrixLibrary, m: Int, n: Int, k: Int, leftStride: Int, leftTransposed: Bool, rightStride: Int,
        outputStride: Int, accumulates: Bool, precision: Precision
    ) throws(MatrixError) {
        precondition(precision != .int8, "int8 products need a packed right side, which has the scales")
        (self.m, self.n, self.k) = (m, n, k)
        self.leftStride = leftStride
        self.rightStride = rightStride
        self.outputStride = outputStride
        self.precision = precision
        self.leftTransposed = leftTransposed
        right = nil
        self.library = library
        guard
            let made = unsafe runic_product_create_plain(
                library.engine, Int64(m), Int64(n), Int64(k), Int64(leftStride), leftTransposed ? 1 : 0,
                Int64(rightStride), Int64(outputStride), accumulates ? 1 : 0, precision.code)
        else { throw .unsupported("(\(m), \(k)) by (\(k), \(n)) in \(precision.rawValue)") }
        unsafe handle = made
    }

    deinit { unsafe runic_product_destroy(handle) }

    /// Runs a product whose right side is packed.
    ///
    /// - Precondition: left is (M, K) and output is (M, N), with the strides given to the initialiser.
    package func run(left: Operand, output: Block<Float>) {
        precondition(right != nil, "this product needs a right side")
        check(left: left, output: output)
        let status = unsafe runic_product_run_packed(handle, left.base, output.base)
        precondition(status == 0, "oneDNN could not run a product")
        guard let right, precision == .int8 else { return }
        unsafe runic_scale_sums(m, n, right.corrections, right.scales, output.base)
    }

    /// Runs a product of two plain matrices.
    package func run(left: Operand, right other: Operand, output: Block<Float>) {
        precondition(
            right == nil && other.rows == k && other.columns == n && other.precision == precision
                && (other.stride == rightStride),
            "right side (\(other.rows), \(other.columns)) for (\(k), \(n))")
        check(left: left, output: output)
        let status = unsafe runic_product_run_plain(handle, left.base, other.base, output.base)
        precondition(status == 0, "oneDNN could not run a product")
    }

    private func check(left: Operand, output: Block<Float>) {
        let (rows, columns) = leftTransposed ? (k, m) : (m, k)
        precondition(
            left.rows == rows && left.columns == columns && left.stride == leftStride && left.precision == precision,
            "left side (\(left.rows), \(left.columns)) for (\(rows), \(columns))")
        precondition(
            output.rows == m && output.columns == n && output.stride == outputStride,
            "output (\(output.rows), \(output.columns)) for (\(m), \(n))")
    }
}
