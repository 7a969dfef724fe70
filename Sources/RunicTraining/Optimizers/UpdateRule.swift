package import RunicCells
package import RunicKernels

/// How an optimizer changes each parameter from its gradient, independently of all others.
package protocol UpdateRule: Sendable {
    /// The names of the arrays of optimizer state, one value per parameter in each.
    var stateNames: [String] { get }
    /// Updates a slice of the parameters and its optimizer state.
    func update(_ slice: ParameterSlice, _ step: UpdateStep)
}

/// The values of an update that are the same for all slices.
package struct UpdateStep: Sendable {
    /// t, from 1.
    package var number = 0
    /// The factor by which clipping scales the gradient.
    package var gradientScale: Float = 1
    /// η.
    package var learningRate = 0.0
}

/// A range of one tensor for an update rule: parameters, gradient and optimizer state.
package struct ParameterSlice {
    package let parameters: Block<Float>
    package let gradient: Block<Float>
    /// The optimizer state, in the order of ``UpdateRule/stateNames``.
    package let state: [Block<Float>]
    /// λ of the weight decay: 0 for biases and gains.
    package let decay: Double
}

extension ParameterLayout {
    /// The tensors in slices of at most 65,536 elements, one task each.
    package var slices: [(range: Range<Int>, isMatrix: Bool)] {
        entries.flatMap { entry in
            stride(from: entry.offset, to: entry.range.upperBound, by: 65_536).map {
                ($0..<min($0 + 65_536, entry.range.upperBound), entry.isMatrix)
            }
        }
    }
}
