package import RunicKernels

/// Blocks of a parameter buffer, or of a gradient of the same layout, by name.
package struct ParameterBlocks: Sendable {
    package let layout: ParameterLayout
    private let whole: Block<Float>

    /// - Parameter whole: the buffer as one row.
    package init(layout: ParameterLayout, whole: Block<Float>) {
        precondition(whole.count == layout.length, "a buffer of \(whole.count) for \(layout.length) parameters")
        self.layout = layout
        self.whole = whole
    }

    /// A tensor as a matrix; a vector is a matrix of one row.
    package subscript(name: String) -> Block<Float> {
        let entry = layout.entry(name)
        return whole.columns(entry.range).reshaped(rows: entry.rows, columns: entry.columns)
    }

    /// A range of the buffer, across tensors, as one row.
    package subscript(range: Range<Int>) -> Block<Float> { whole.columns(range) }
}
