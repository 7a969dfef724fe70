/// One side of a matrix product: float32, bfloat16 or 8-bit rows in memory that it does not own.
@safe
package struct Operand: @unchecked Sendable {
    // Sendable by hand, as `Block` is.
    let base: UnsafeMutableRawPointer
    package let precision: Precision
    package let rows: Int
    package let columns: Int
    package let stride: Int

    package init(_ block: Block<Float>) {
        unsafe self.init(UnsafeMutableRawPointer(block.base), .float32, block.rows, block.columns, block.stride)
    }

    package init(_ block: Block<UInt16>) {
        unsafe self.init(UnsafeMutableRawPointer(block.base), .bfloat16, block.rows, block.columns, block.stride)
    }

    /// Hidden states in 8 bits: h is stored as round(127 h) + 128.
    package init(_ block: Block<UInt8>) {
        unsafe self.init(UnsafeMutableRawPointer(block.base), .int8, block.rows, block.columns, block.stride)
    }

    private init(_ base: UnsafeMutableRawPointer, _ precision: Precision, _ rows: Int, _ columns: Int, _ stride: Int) {
        unsafe self.base = base
        self.precision = precision
        self.rows = rows
        self.columns = columns
        self.stride = stride
    }

    private var elementBytes: Int {
        switch precision {
        case .float32: 4
        case .bfloat16: 2
        case .int8: 1
        }
    }

    /// Some of the rows.
    ///
    /// - Precondition: `range` lies within the rows.
    package func rows(_ range: Range<Int>) -> Operand {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
        return unsafe Operand(
            base + range.lowerBound * stride * elementBytes, precision, range.count, columns, stride)
    }

    /// Some of the columns.
    ///
    /// - Precondition: `range` lies within the columns.
    package func columns(_ range: Range<Int>) -> Operand {
        precondition(range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) of \(columns)")
        return unsafe Operand(base + range.lowerBound * elementBytes, precision, rows, range.count, stride)
    }

    /// The operand as float32 rows; nil in another precision.
    package var floats: Block<Float>? {
        guard precision == .float32 else { return nil }
        return unsafe Block(
            base: base.assumingMemoryBound(to: Float.self), rows: rows, columns: columns, stride: stride)
    }

    /// The operand as bfloat16 rows; nil in another precision.
    package var halves: Block<UInt16>? {
        guard precision == .bfloat16 else { return nil }
        return unsafe Block(
            base: base.assumingMemoryBound(to: UInt16.self), rows: rows, columns: columns, stride: stride)
    }

    /// The operand as 8-bit rows; nil in another precision.
    package var bytes: Block<UInt8>? {
        guard precision == .int8 else { return nil }
        return unsafe Block(
            base: base.assumingMemoryBound(to: UInt8.self), rows: rows, columns: columns, stride: stride)
    }
}
