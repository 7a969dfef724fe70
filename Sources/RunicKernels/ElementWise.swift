internal import CRunicKernels

/// Element-wise operations on blocks. Shapes are checked once, at the entry.
package enum ElementWise {
    /// y += x.
    package static func add(_ x: Block<Float>, to y: Block<Float>) {
        precondition(x.count == y.count && x.isContiguous && y.isContiguous, "adding \(x.count) to \(y.count) values")
        unsafe runic_add(x.count, x.base, y.base)
    }

    /// Σ x², summed in blocks of 4,096 in float32 and beyond that in float64.
    package static func sumOfSquares(_ x: Block<Float>) -> Double {
        precondition(x.isContiguous, "summing a block with gaps")
        return unsafe runic_sum_of_squares(x.count, x.base)
    }

    /// Rounds to bfloat16, to nearest even.
    package static func round(_ x: Block<Float>, to y: Block<UInt16>) {
        precondition(x.count == y.count && x.isContiguous && y.isContiguous, "rounding \(x.count) to \(y.count) values")
        unsafe runic_to_bfloat16(x.count, x.base, y.base)
    }

    /// y[r] = table[identifiers[r]].
    ///
    /// - Precondition: every identifier names a row of the table.
    package static func gather(_ table: Block<Float>, _ identifiers: Block<Int32>, to y: Operand) {
        precondition(
            identifiers.count == y.rows && table.columns == y.columns && table.isContiguous && y.stride == y.columns,
            "gathering \(identifiers.count) rows of \(table.columns) into (\(y.rows), \(y.columns))")
        unsafe runic_gather_rows(
            y.rows, y.columns, table.base, identifiers.base, y.floats?.base, y.halves?.base)
    }

    /// table[identifiers[r]] += x[r].
    ///
    /// - Precondition: every identifier names a row of the table.
    package static func scatterAdd(_ x: Block<Float>, _ identifiers: Block<Int32>, to table: Block<Float>) {
        precondition(
            identifiers.count == x.rows && table.columns == x.columns,
            "scattering (\(x.rows), \(x.columns)) by \(identifiers.count) identifiers")
        unsafe runic_scatter_add_rows(
            x.rows, x.columns, x.base, x.stride, identifiers.base, table.base, table.stride)
    }

    /// Dropout with a mask that is a function of (key, first + index): y = mask · x / keep.
    ///
    /// The same key and first give the same mask, so the way back needs no stored mask.
    package static func dropout(_ x: Block<Float>, _ mask: DropoutMask, first: Int, to y: Operand) {
        precondition(
            x.count == y.rows * y.columns && x.isContiguous && y.stride == y.columns,
            "dropout of \(x.count) into \(y.rows * y.columns) values")
        unsafe runic_dropout(
            x.count, x.base, mask.key, UInt32(truncatingIfNeeded: first), mask.threshold, mask.scale,
            y.floats?.base, y.halves?.base)
    }

    /// y = w · x + bias for one row-major matrix (M, K).
    package static func matrixVector(_ w: Block<Float>, bias: Block<Float>?, _ x: Block<Float>, to y: Block<Float>) {
        precondition(
            w.isContiguous && x.count == w.columns && y.count == w.rows && (bias?.count ?? w.rows) == w.rows,
            "(\(w.rows), \(w.columns)) times \(x.count) into \(y.count)")
        unsafe runic_matrix_vector(w.rows, w.columns, w.base, bias?.base, x.base, y.base)
    }
}
