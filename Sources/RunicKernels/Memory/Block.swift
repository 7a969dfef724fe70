/// A row-major matrix in memory that it does not own: a pointer with its bounds.
///
/// A block is valid while its ``AlignedBuffer`` or ``Arena`` lives; a type that stores a block also stores its owner.
/// Every kernel checks the bounds of its blocks once, on entry. Threads share a matrix as blocks of disjoint rows or columns.
@safe @usableFromInline
package struct Block<Element: BitwiseCopyable>: @unchecked Sendable, BitwiseCopyable {
    // Sendable by hand: workers get disjoint blocks, with a barrier between two uses.
    @usableFromInline package let base: UnsafeMutablePointer<Element>
    /// The number of rows.
    @usableFromInline package let rows: Int
    /// The number of columns that belong to the block.
    @usableFromInline package let columns: Int
    /// Elements from one row to the next; equal to ``columns`` in a contiguous block.
    @usableFromInline package let stride: Int

    @inlinable
    package init(base: UnsafeMutablePointer<Element>, rows: Int, columns: Int, stride: Int) {
        unsafe self.base = base
        self.rows = rows
        self.columns = columns
        self.stride = stride
    }

    /// Whether there are no gaps between the rows.
    @inlinable
    package var isContiguous: Bool { stride == columns || rows <= 1 }

    /// The number of elements.
    @inlinable
    package var count: Int { rows * columns }

    /// Some of the rows.
    ///
    /// - Precondition: `range` lies within the rows.
    @inlinable
    package func rows(_ range: Range<Int>) -> Block {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
        return unsafe Block(
            base: base + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
    }

    /// Some of the columns.
    ///
    /// - Precondition: `range` lies within the columns.
    @inlinable
    package func columns(_ range: Range<Int>) -> Block {
        precondition(range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) of \(columns)")
        return unsafe Block(base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
    }

    /// One element.
    @inlinable
    package subscript(row: Int, column: Int) -> Element {
        get {
            precondition(
                row >= 0 && row < rows && column >= 0 && column < columns,
                "(\(row), \(column)) of (\(rows), \(columns))")
            return unsafe base[row * stride + column]
        }
        nonmutating set {
            precondition(
                row >= 0 && row < rows && column >= 0 && column < columns,
                "(\(row), \(column)) of (\(rows), \(columns))")
            unsafe base[row * stride + column] = newValue
        }
    }

    /// Copies another block of the same shape into this one.
    @inlinable
    package func assign(from other: Block) {
        precondition(
            rows == other.rows && columns == other.columns,
            "(\(rows), \(columns)) from (\(other.rows), \(other.columns))")
        if isContiguous && other.isContiguous {
            unsafe base.update(from: other.base, count: count)
        } else {
            for row in 0..<rows {
                unsafe (base + row * stride).update(from: other.base + row * other.stride, count: columns)
            }
        }
    }

    /// Sets every element.
    @inlinable
    package func fill(_ value: Element) {
        for row in 0..<rows { unsafe (base + row * stride).update(repeating: value, count: columns) }
    }

    /// Copies an array into the block, row by row.
    ///
    /// - Precondition: the array has as many elements as the block.
    @inlinable
    package func assign(from array: [Element]) {
        precondition(array.count == count && isContiguous, "\(array.count) values into (\(rows), \(columns))")
        unsafe array.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { unsafe base.update(from: start, count: count) }
        }
    }

    /// The elements, row by row.
    @inlinable
    package var array: [Element] {
        unsafe Array(unsafeUninitializedCapacity: count) { target, filled in
            if let start = target.baseAddress {
                for row in 0..<rows {
                    unsafe (start + row * columns).initialize(from: base + row * stride, count: columns)
                }
            }
            filled = count
        }
    }
}

extension Block {
    /// Lends the elements, row by row, as a span.
    ///
    /// - Precondition: the block is contiguous.
    @inlinable
    package func withSpan<Result, Failure: Error>(
        _ body: (Span<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(isContiguous, "a span of a block with gaps")
        return try unsafe body(UnsafeBufferPointer(start: base, count: count).span)
    }

    /// The same elements in another shape.
    ///
    /// - Precondition: the block is contiguous and the counts agree.
    @inlinable
    package func reshaped(rows newRows: Int, columns newColumns: Int) -> Block {
        precondition(
            isContiguous && newRows * newColumns == count, "(\(rows), \(columns)) as (\(newRows), \(newColumns))")
        return unsafe Block(base: base, rows: newRows, columns: newColumns, stride: newColumns)
    }
}

/// Lends an array to kernels as a contiguous matrix.
///
/// - Precondition: the array has `rows · columns` elements.
@inlinable
package func withBlock<Element: BitwiseCopyable, Result, Failure: Error>(
    of array: inout [Element], rows: Int, columns: Int, _ body: (Block<Element>) throws(Failure) -> Result
) throws(Failure) -> Result {
    precondition(array.count == rows * columns, "\(array.count) values as (\(rows), \(columns))")
    var result: Swift.Result<Result, Failure>?
    unsafe array.withUnsafeMutableBufferPointer { elements in
        let base = unsafe elements.baseAddress ?? UnsafeMutablePointer(bitPattern: MemoryLayout<Element>.alignment)
        guard let base = unsafe base else { return }
        result = Swift.Result { () throws(Failure) -> Result in
            try body(unsafe Block(base: base, rows: rows, columns: columns, stride: columns))
        }
    }
    guard let result else { preconditionFailure("an empty array as (\(rows), \(columns))") }
    return try result.get()
}
