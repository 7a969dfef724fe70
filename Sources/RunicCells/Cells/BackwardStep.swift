package import RunicKernels

/// The blocks that a cell reads and writes at one step backward.
package struct BackwardStep {
    /// ∂loss/∂h_t from the layer above, (B, H).
    package var above: Block<Float>
    /// ∂loss/∂h_t from step t+1, (B, H). A cell that passes gradient directly leaves the direct gradient for t−1 here.
    package var hiddenGradient: Block<Float>
    /// In: ∂loss/∂(other states at t) from step t+1; out: the same at t−1, (B, auxiliaryCount · H).
    package var auxiliaryGradient: Block<Float>
    /// h_{t−1}, (B, H).
    package var hiddenBefore: Block<Float>
    /// The other states at t−1 and t, (B, auxiliaryCount · H).
    package var auxiliaryBefore: Block<Float>
    package var auxiliary: Block<Float>
    /// The values that `forward` saved, (B, savedCount · H).
    package var saved: Block<Float>
    /// The combined biases (biasCount · H), then the further vectors, H each.
    package var vectors: Block<Float>
    /// In: the activated gates; out: the gradient of Wx · x_t, (B, G).
    package var gates: Block<Float>
    /// Out: the same in bfloat16; nil if products run in float32 or the cell has late gates.
    package var rounded: Block<UInt16>?
    /// Out: the gradient of Wh · h_{t−1}, (B, G), for a cell that separates it. For a cell with late gates, it has the early
    /// gates only, (B, E), and `backwardEarly` writes their gradient.
    package var recurrentGates: Block<Float>
    package var recurrentRounded: Block<UInt16>?
    /// In, for `backwardEarly`: the gradient of the mixture made by `forwardEarly`, (B, H).
    package var mixedGradient: Block<Float>
    /// In and out: the gradient of the vectors; the step's is added.
    package var vectorGradient: Block<Float>
    /// One row of H, free for the cell to use.
    package var scratch: Block<Float>
}

extension BackwardStep {
    /// One gate's columns of a block of gates or vectors: [index · H, (index + 1) · H).
    package func gate(_ index: Int, of block: Block<Float>) -> Block<Float> {
        let H = hiddenBefore.columns
        return block.columns((index * H)..<((index + 1) * H))
    }
}
