internal import CRunicKernels

/// A matrix in int8 with one scale per row: element (r, c) is `values[r · columns + c] · scales[r]`.
///
/// The scale of a row is its largest magnitude over 127, so quantising a dequantised matrix gives the same values.
package struct QuantizedMatrix: Sendable, Hashable {
    package let rows: Int
    package let columns: Int
    /// (rows, columns), row-major, each within [−127, 127].
    package let values: [Int8]
    /// (rows).
    package let scales: [Float]

    /// Quantises a matrix.
    ///
    /// - Precondition: the matrix is contiguous and its elements are finite.
    /// - Complexity: O(elements).
    package init(_ matrix: Block<Float>) {
        precondition(matrix.isContiguous, "quantising a block with gaps")
        rows = matrix.rows
        columns = matrix.columns
        var values = [Int8](repeating: 0, count: matrix.count)
        var scales = [Float](repeating: 0, count: matrix.rows)
        unsafe values.withUnsafeMutableBufferPointer { values in
            unsafe scales.withUnsafeMutableBufferPointer { scales in
                guard let first = values.baseAddress, let scale = scales.baseAddress else { return }
                unsafe runic_quantize_rows(matrix.rows, matrix.columns, matrix.base, first, scale)
            }
        }
        self.values = values
        self.scales = scales
    }

    /// A matrix from quantised values.
    ///
    /// - Precondition: there is a value for each element and a scale for each row.
    package init(rows: Int, columns: Int, values: [Int8], scales: [Float]) {
        precondition(
            values.count == rows * columns && scales.count == rows,
            "\(values.count) values and \(scales.count) scales for (\(rows), \(columns))")
        self.rows = rows
        self.columns = columns
        self.values = values
        self.scales = scales
    }

    /// The corrections and scales that convert the sums of products with 8-bit hidden states to floats, for each row r:
    /// (sum − corrections[r]) · scales[r].
    ///
    /// A state h is stored as round(127 h) + 128, so a sum is too large by 128 · Σ values[r] and by a factor of
    /// 127 / scales[r].
    package var stateProductForm: (corrections: [Int32], scales: [Float]) {
        var sums = [Int32](repeating: 0, count: rows)
        unsafe values.withUnsafeBufferPointer { values in
            unsafe sums.withUnsafeMutableBufferPointer { sums in
                guard let first = values.baseAddress, let sum = sums.baseAddress else { return }
                unsafe runic_sum_rows(rows, columns, first, sum)
            }
        }
        return (sums.map { $0 * 128 }, scales.map { $0 / 127 })
    }

    /// Writes the float32 values of the matrix.
    ///
    /// - Precondition: `target` is contiguous and of the same shape.
    package func dequantize(into target: Block<Float>) {
        precondition(
            target.isContiguous && target.rows == rows && target.columns == columns,
            "dequantising (\(rows), \(columns)) into (\(target.rows), \(target.columns))")
        for row in 0..<rows {
            for column in 0..<columns {
                unsafe target.base[row * columns + column] = Float(values[row * columns + column]) * scales[row]
            }
        }
    }
}
