internal import Glibc

/// A fixed-length array on a cache-line boundary, for parameters, gradients and optimizer moments.
///
/// Large buffers are aligned to 2 MiB and ask the kernel for huge pages. It is noncopyable: a copy of megabytes is always
/// an explicit ``copy()``.
@safe
package struct AlignedBuffer<Element: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
    // Sendable by hand: the buffer is the only owner of its memory, because it is ~Copyable.
    @usableFromInline let base: UnsafeMutablePointer<Element>
    /// The number of elements.
    package let count: Int

    /// Makes a buffer of `count` elements whose bytes are all zero.
    package init(zeros count: Int) {
        precondition(count >= 0, "a buffer of \(count) elements")
        unsafe base = AlignedMemory.zeroed(count: count)
        self.count = count
    }

    deinit { unsafe free(base) }

    /// A new buffer with the same content.
    ///
    /// - Complexity: O(count).
    package func copy() -> AlignedBuffer<Element> {
        let made = AlignedBuffer<Element>(zeros: count)
        unsafe made.base.update(from: base, count: count)
        return made
    }

    /// The whole buffer as a matrix of one row.
    @inlinable
    package var block: Block<Element> { unsafe Block(base: base, rows: 1, columns: count, stride: count) }

    /// A range of the buffer as a matrix, row-major and contiguous.
    ///
    /// - Precondition: the `rows * columns` elements from `offset` on lie inside the buffer.
    @inlinable
    package func block(at offset: Int, rows: Int, columns: Int) -> Block<Element> {
        precondition(
            offset >= 0 && rows >= 0 && columns >= 0 && offset + rows * columns <= count,
            "(\(rows), \(columns)) at \(offset) in a buffer of \(count)")
        return unsafe Block(base: base + offset, rows: rows, columns: columns, stride: columns)
    }
}
