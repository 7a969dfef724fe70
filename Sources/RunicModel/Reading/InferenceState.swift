internal import RunicCells
internal import RunicKernels

/// A model's recurrent state after the symbols read so far, with the scores of the next. A value: copy it to fork.
package struct InferenceState: Sendable, Hashable {
    /// The scores of the next symbol, before softmax, (V).
    package internal(set) var logits: [Float]
    /// All other floats in one array: see ``Layout``.
    var values: [Float]
    /// (L, paddedStates(P)): the hidden state in 8 bits; empty if products do not read it in 8 bits.
    var codes: [UInt8]
    let layout: Layout
    /// The model that made the state; Wh · h and the like mean nothing to other models.
    let origin: Origin

    /// The identity of a model. States hold it, so no later model can have the same one.
    final class Origin: Sendable, Hashable {
        static func == (one: Origin, other: Origin) -> Bool { one === other }
        func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
    }

    /// The ranges of ``values``.
    struct Layout: Sendable, Hashable {
        /// (L, P) and (L, auxiliaryCount · H).
        let hidden, auxiliary: Range<Int>
        /// (L, G): the activated gates of the last step.
        let gates: Range<Int>
        /// (L, E): Wh · h of every layer, computed in advance for the next step.
        let hiddenTerms: Range<Int>
        /// (L, P): the layers' outputs, with residual connections.
        let outputs: Range<Int>
        /// (P): the sum of the layers' hidden states, with skip connections.
        let sum: Range<Int>
        /// Scratch of a step: Wx · x (G), Wh · mixture of the late gates (L), the mixture (H), the cell's saved values
        /// (savedCount · H), o ⊙ tanh(c) before its projection (H), and the states before zoneout, (P) and
        /// (auxiliaryCount · H).
        let inputTerm, lateTerm, mixed, saved, unprojected, fresh, freshAuxiliary: Range<Int>

        init(_ shape: StackShape) {
            let (L, widths) = (shape.layers, StepWidths(shape))
            var end = 0
            func take(_ count: Int) -> Range<Int> {
                defer { end += count }
                return end..<(end + count)
            }
            hidden = take(L * widths.hidden)
            auxiliary = take(L * widths.auxiliary)
            gates = take(L * widths.gates)
            hiddenTerms = take(L * widths.hiddenTerm)
            outputs = take(L * widths.output)
            sum = take(widths.sum)
            inputTerm = take(widths.gates)
            lateTerm = take(widths.lateTerm)
            mixed = take(widths.mixed)
            saved = take(widths.saved)
            unprojected = take(widths.unprojected)
            fresh = take(widths.fresh)
            freshAuxiliary = take(widths.freshAuxiliary)
        }

        var count: Int { freshAuxiliary.upperBound }
    }

    /// A state of zeros.
    init(layout: Layout, codes: [UInt8], logits: [Float], origin: Origin) {
        self.origin = origin
        self.layout = layout
        self.codes = codes
        self.logits = logits
        values = [Float](repeating: 0, count: layout.count)
    }

    /// (L, P): the hidden state of every layer.
    package var hidden: ArraySlice<Float> { values[layout.hidden] }
    /// (L, auxiliaryCount · H): the other states, such as an LSTM's cell state.
    package var auxiliary: ArraySlice<Float> { values[layout.auxiliary] }
    /// (L, G): the activated gates of the last step.
    package var gates: ArraySlice<Float> { values[layout.gates] }
}
