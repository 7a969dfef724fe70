internal import CRunicKernels

/// Element-wise operations on blocks. Shapes are checked once, on entry.
package enum ElementWise {
    /// y += x.
    package static func add(_ x: Block<Float>, to y: Block<Float>) {
        precondition(x.count == y.count && x.isContiguous && y.isContiguous, "adding \(x.count) to \(y.count) values")
        unsafe runic_add(x.count, x.base, y.base)
    }

    /// Σ x², in float32 within blocks of 4,096 elements and in float64 across them.
    package static func sumOfSquares(_ x: Block<Float>) -> Double {
        precondition(x.isContiguous, "summing a block with gaps")
        return unsafe runic_sum_of_squares(x.count, x.base)
    }

    /// Rounds to bfloat16, to nearest even.
    package static func round(_ x: Block<Float>, to y: Block<UInt16>) {
        precondition(x.count == y.count && x.isContiguous && y.isContiguous, "rounding \(x.count) to \(y.count) values")
        unsafe runic_to_bfloat16(x.count, x.base, y.base)
    }

    /// Rounds to bfloat16 and back, in place.
    package static func roundInPlace(_ x: Block<Float>) {
        precondition(x.isContiguous, "rounding a block with gaps")
        var row = [UInt16](repeating: 0, count: x.columns)
        for index in 0..<x.rows {
            unsafe row.withUnsafeMutableBufferPointer { halves in
                guard let half = halves.baseAddress else { return }
                unsafe runic_to_bfloat16(x.columns, x.base + index * x.columns, half)
                unsafe runic_from_bfloat16(x.columns, half, x.base + index * x.columns)
            }
        }
    }

    /// y[r] = table[identifiers[r]].
    ///
    /// - Precondition: every identifier is the index of a row of the table.
    package static func gather(_ table: Block<Float>, _ identifiers: Block<Int32>, to y: Operand) {
        precondition(
            y.precision != .int8 && identifiers.count == y.rows && table.columns == y.columns && table.isContiguous
                && y.stride == y.columns,
            "gathering \(identifiers.count) rows of \(table.columns) into (\(y.rows), \(y.columns))")
        unsafe runic_gather_rows(
            y.rows, y.columns, table.base, identifiers.base, y.floats?.base, y.halves?.base)
    }

    /// Dropout with a mask that is a function of (key, first + index): y = mask · x / keep.
    ///
    /// The same key and `first` give the same mask, so the backward pass needs no stored mask.
    package static func dropout(_ x: Block<Float>, _ mask: DropoutMask, first: Int, to y: Operand) {
        precondition(
            y.precision != .int8 && x.count == y.rows * y.columns && x.isContiguous && y.stride == y.columns,
            "dropout of \(x.count) into \(y.rows * y.columns) values")
        unsafe runic_dropout(
            x.count, x.base, mask.key, UInt32(truncatingIfNeeded: first), mask.threshold, mask.scale,
            y.floats?.base, y.halves?.base)
    }

    /// y += mask · x / keep, with the mask from its first element on.
    package static func addDropout(_ x: Block<Float>, _ mask: DropoutMask, to y: Block<Float>) {
        precondition(x.count == y.count && x.isContiguous && y.isContiguous, "adding \(x.count) to \(y.count) values")
        unsafe runic_dropout_add(x.count, x.base, mask.key, mask.threshold, mask.scale, y.base)
    }

    /// Zoneout (Krueger et al. 2017, arXiv 1606.01305): y is `before` where the mask drops and `fresh` elsewhere.
    ///
    /// - Parameter rounded: receives y in bfloat16, if not nil.
    package static func zoneOut(
        before: Block<Float>, fresh: Block<Float>, _ mask: DropoutMask, first: Int, to y: Block<Float>,
        rounded: Block<UInt16>?
    ) {
        checkSame(before, fresh, y)
        unsafe runic_zoneout(
            y.count, before.base, fresh.base, mask.key, UInt32(truncatingIfNeeded: first), mask.threshold, y.base,
            rounded?.base)
    }

    /// Splits the gradient of a state after zoneout between the state before and the fresh one.
    package static func zoneOutBackward(
        _ gradient: Block<Float>, _ mask: DropoutMask, first: Int, before: Block<Float>, fresh: Block<Float>
    ) {
        checkSame(gradient, before, fresh)
        unsafe runic_zoneout_backward(
            gradient.count, gradient.base, mask.key, UInt32(truncatingIfNeeded: first), mask.threshold, before.base,
            fresh.base)
    }

    /// y = weight · before + (1 − weight) · fresh.
    package static func blend(
        before: Block<Float>, fresh: Block<Float>, weight: Float, to y: Block<Float>, rounded: Block<UInt16>?
    ) {
        checkSame(before, fresh, y)
        unsafe runic_blend(y.count, before.base, fresh.base, weight, y.base, rounded?.base)
    }

    /// y += factor · x.
    package static func addScaled(_ factor: Float, _ x: Operand, to y: Block<Float>) {
        precondition(
            x.precision != .int8 && x.rows * x.columns == y.count && x.stride == x.columns && y.isContiguous,
            "adding \(x.rows * x.columns) to \(y.count) values")
        unsafe runic_add_scaled(y.count, factor, x.floats?.base, x.halves?.base, y.base)
    }

    /// y = a + b.
    package static func sum(_ a: Operand, _ b: Block<Float>, to y: Operand) {
        precondition(
            a.precision != .int8 && y.precision != .int8 && a.rows * a.columns == b.count
                && y.rows * y.columns == b.count && a.stride == a.columns && y.stride == y.columns && b.isContiguous,
            "adding \(a.rows * a.columns) and \(b.count) values")
        unsafe runic_sum_operands(
            b.count, a.floats?.base, a.halves?.base, b.base, y.floats?.base, y.halves?.base)
    }

    private static func checkSame(_ a: Block<Float>, _ b: Block<Float>, _ c: Block<Float>) {
        precondition(
            a.count == c.count && b.count == c.count && a.isContiguous && b.isContiguous && c.isContiguous,
            "\(a.count), \(b.count) and \(c.count) values")
    }

    /// Quantises some columns of hidden states, which lie within [−1, 1], to 8 bits: round(127 h) + 128.
    package static func quantize(_ x: Block<Float>, columns: Range<Int>, to y: Block<UInt8>) {
        precondition(
            x.rows == y.rows && columns.lowerBound >= 0 && columns.upperBound <= min(x.columns, y.columns),
            "quantising columns \(columns) of (\(x.rows), \(x.columns)) into (\(y.rows), \(y.columns))")
        for row in 0..<x.rows {
            unsafe runic_quantize_states(
                columns.count, x.base + row * x.stride + columns.lowerBound,
                y.base + row * y.stride + columns.lowerBound)
        }
    }
}
