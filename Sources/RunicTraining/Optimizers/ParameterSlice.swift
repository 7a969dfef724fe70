internal import RunicCells
package import RunicKernels

/// Part of one tensor as an update rule sees it: values, gradient, and what the rule remembers of them.
package struct ParameterSlice {
    package let parameters: Block<Float>
    package let gradient: Block<Float>
    /// In the order of the rule's names.
    package let memory: [Block<Float>]
    /// λ of the weight decay: 0 for biases and gains.
    package let decay: Double
}

extension ParameterLayout {
    /// The tensors cut into pieces of at most 65,536 elements, for workers.
    package var pieces: [(range: Range<Int>, isMatrix: Bool)] {
        entries.flatMap { entry in
            stride(from: entry.offset, to: entry.range.upperBound, by: 65_536).map {
                ($0..<min($0 + 65_536, entry.range.upperBound), entry.isMatrix)
            }
        }
    }
}
