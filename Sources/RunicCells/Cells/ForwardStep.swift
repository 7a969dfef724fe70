package import RunicKernels

/// What a cell reads and writes at one step forward. B rows; unused blocks have no columns.
package struct ForwardStep {
    /// Which units of every row are computed; the others' places are left alone.
    package var units: Range<Int>
    /// Wx · x_t, (B, G), or the table (V, G) where there are identifiers.
    package var input: Block<Float>
    /// Which row of the table each row of the batch takes, (B); nil where `input` has a row of its own for each.
    package var identifiers: Block<Int32>?
    /// Wh · h_{t−1} for the gates that do not wait, (B, G less the late gates).
    package var hiddenPart: Block<Float>
    /// Wh · (what `forwardEarly` mixed) for the late gates, (B, lateGateCount · H).
    package var latePart: Block<Float>
    /// The combined biases (biasCount · H), then the further vectors, H each.
    package var vectors: Block<Float>
    /// h_{t−1}, (B, H).
    package var hiddenBefore: Block<Float>
    /// The other states at t−1, (B, auxiliaryCount · H).
    package var auxiliaryBefore: Block<Float>
    /// Out: the activated gates, (B, G).
    package var gates: Block<Float>
    /// Out, of `forwardEarly`: what the late gates' Wh reads in place of h_{t−1}, (B, H).
    package var mixed: Block<Float>
    /// Out: what `backward` wants to find again, (B, savedCount · H).
    package var saved: Block<Float>
    /// Out: h_t, (B, H).
    package var hidden: Block<Float>
    /// Out: the other states at t, (B, auxiliaryCount · H).
    package var auxiliary: Block<Float>
    /// Out: h_t in bfloat16, where products run in it.
    package var rounded: Block<UInt16>?

    package init(
        units: Range<Int>, input: Block<Float>, identifiers: Block<Int32>?, hiddenPart: Block<Float>,
        latePart: Block<Float>, vectors: Block<Float>, hiddenBefore: Block<Float>, auxiliaryBefore: Block<Float>,
        gates: Block<Float>, mixed: Block<Float>, saved: Block<Float>, hidden: Block<Float>,
        auxiliary: Block<Float>, rounded: Block<UInt16>?
    ) {
        self.units = units
        self.input = input
        self.identifiers = identifiers
        self.hiddenPart = hiddenPart
        self.latePart = latePart
        self.vectors = vectors
        self.hiddenBefore = hiddenBefore
        self.auxiliaryBefore = auxiliaryBefore
        self.gates = gates
        self.mixed = mixed
        self.saved = saved
        self.hidden = hidden
        self.auxiliary = auxiliary
        self.rounded = rounded
    }
}

extension ForwardStep {
    /// One gate's part of a block of gates, or of vectors: the columns [index · H, (index + 1) · H).
    package func gate(_ index: Int, of block: Block<Float>) -> Block<Float> {
        let H = hidden.columns
        return block.columns((index * H)..<((index + 1) * H))
    }
}
