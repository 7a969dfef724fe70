package import RunicKernels

/// What a cell reads and writes at one step backward.
package struct BackwardStep {
    /// ∂loss/∂h_t from the layer above, (B, H).
    package var above: Block<Float>
    /// ∂loss/∂h_t from step t+1, (B, H). A cell that passes gradient directly leaves that part for t−1 here.
    package var hiddenGradient: Block<Float>
    /// In: ∂loss/∂(other states at t) from step t+1; out: the same at t−1, (B, auxiliaryCount · H).
    package var auxiliaryGradient: Block<Float>
    /// h_{t−1}, (B, H).
    package var hiddenBefore: Block<Float>
    /// The other states at t−1 and t, (B, auxiliaryCount · H).
    package var auxiliaryBefore: Block<Float>
    package var auxiliary: Block<Float>
    /// What `forward` saved, (B, savedCount · H).
    package var saved: Block<Float>
    /// The combined biases (biasCount · H), then the further vectors, H each.
    package var vectors: Block<Float>
    /// In: the activated gates; out: the gradient of Wx · x_t, (B, G).
    package var gates: Block<Float>
    /// Out: the same in bfloat16, where products run in it and the cell has no late gates.
    package var rounded: Block<UInt16>?
    /// Out: the gradient of Wh · h_{t−1} where the cell separates it, (B, G). A cell with late gates has its early gates
    /// here, (B, G less the late gates), and leaves their gradient in `backwardEarly`.
    package var recurrentGates: Block<Float>
    package var recurrentRounded: Block<UInt16>?
    /// In, of `backwardEarly`: the gradient of what `forwardEarly` mixed, (B, H).
    package var mixedGradient: Block<Float>
    /// Gains the gradient of the vectors.
    package var vectorGradient: Block<Float>
    /// One row of H, for whatever a cell needs it.
    package var scratch: Block<Float>
}

extension BackwardStep {
    /// One gate's part of a block of gates, or of vectors: the columns [index · H, (index + 1) · H).
    package func gate(_ index: Int, of block: Block<Float>) -> Block<Float> {
        let H = hiddenBefore.columns
        return block.columns((index * H)..<((index + 1) * H))
    }
}
