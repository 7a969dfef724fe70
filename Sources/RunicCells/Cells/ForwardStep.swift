package import RunicKernels

/// The blocks that a cell reads and writes at one step forward. B rows; unused blocks have no columns.
package struct ForwardStep {
    /// The units of every row to compute; the others are not written.
    package var units: Range<Int>
    /// Wx · x_t, (B, G); with `identifiers`, the table (V, G).
    package var input: Block<Float>
    /// The table's row for each row of the batch, (B); nil if `input` has a row for each row of the batch.
    package var identifiers: Block<Int32>?
    /// Wh · h_{t−1} of the early gates, (B, E); without late gates, (B, G).
    package var hiddenTerm: Block<Float>
    /// Wh · mixture of the late gates, (B, lateGateCount · H).
    package var lateTerm: Block<Float>
    /// The combined biases (biasCount · H), then the further vectors, H each.
    package var vectors: Block<Float>
    /// h_{t−1}, (B, H).
    package var hiddenBefore: Block<Float>
    /// The other states at t−1, (B, auxiliaryCount · H).
    package var auxiliaryBefore: Block<Float>
    /// Out: the activated gates, (B, G).
    package var gates: Block<Float>
    /// Out, from `forwardEarly`: the mixture that the late gates read instead of h_{t−1}, (B, H).
    package var mixed: Block<Float>
    /// Out: values saved for `backward`, (B, savedCount · H).
    package var saved: Block<Float>
    /// Out: h_t, (B, H).
    package var hidden: Block<Float>
    /// Out: the other states at t, (B, auxiliaryCount · H).
    package var auxiliary: Block<Float>
    /// Out: h_t in bfloat16; nil if products run in float32.
    package var rounded: Block<UInt16>?

    package init(
        units: Range<Int>, input: Block<Float>, identifiers: Block<Int32>?, hiddenTerm: Block<Float>,
        lateTerm: Block<Float>, vectors: Block<Float>, hiddenBefore: Block<Float>, auxiliaryBefore: Block<Float>,
        gates: Block<Float>, mixed: Block<Float>, saved: Block<Float>, hidden: Block<Float>,
        auxiliary: Block<Float>, rounded: Block<UInt16>?
    ) {
        self.units = units
        self.input = input
        self.identifiers = identifiers
        self.hiddenTerm = hiddenTerm
        self.lateTerm = lateTerm
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
    /// One gate's columns of a block of gates or vectors: [index · H, (index + 1) · H).
    package func gate(_ index: Int, of block: Block<Float>) -> Block<Float> {
        let H = hidden.columns
        return block.columns((index * H)..<((index + 1) * H))
    }
}
