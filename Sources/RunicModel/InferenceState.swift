internal import RunicKernels

/// A model's memory of what it has read, and what it expects next. A value: copy it to fork.
package struct InferenceState: Sendable, Hashable {
    /// The scores of the next symbol, before softmax, (V).
    package internal(set) var logits: [Float]
    /// All other floats, one array: see ``Layout``.
    var values: [Float]
    /// (L, paddedStates(H)): the hidden state in 8 bits, where products read it so.
    var codes: [UInt8]
    let layout: Layout
    /// The weights that made the state: parts of it, such as Wh · h, mean nothing to others.
    let origin: ObjectIdentifier

    /// Where the parts of ``values`` stand.
    struct Layout: Sendable, Hashable {
        /// (L, H) and (L, auxiliaryCount · H).
        let hidden, auxiliary: Range<Int>
        /// (L, G): the activated gates of the last step.
        let gates: Range<Int>
        /// (L, G): Wh · h of every layer, made ahead for the next step.
        let hiddenParts: Range<Int>
        /// Working memory of a step: Wx · x (G), and what cells save (savedCount · H).
        let inputPart, saved: Range<Int>

        init(_ sizes: (hidden: Int, auxiliary: Int, gates: Int, inputPart: Int, saved: Int)) {
            var end = 0
            func take(_ count: Int) -> Range<Int> {
                defer { end += count }
                return end..<(end + count)
            }
            hidden = take(sizes.hidden)
            auxiliary = take(sizes.auxiliary)
            gates = take(sizes.gates)
            hiddenParts = take(sizes.gates)
            inputPart = take(sizes.inputPart)
            saved = take(sizes.saved)
        }

        var count: Int { saved.upperBound }
    }

    /// The state before any text: zero, with the scores that a model gives from nothing.
    init(layout: Layout, codes: [UInt8], logits: [Float], origin: ObjectIdentifier) {
        self.origin = origin
        self.layout = layout
        self.codes = codes
        self.logits = logits
        values = [Float](repeating: 0, count: layout.count)
    }

    /// (L, H): the hidden state of every layer.
    package var hidden: ArraySlice<Float> { values[layout.hidden] }
    /// (L, auxiliaryCount · H): the other states, such as an LSTM's cell state.
    package var auxiliary: ArraySlice<Float> { values[layout.auxiliary] }
    /// (L, G): the activated gates of the last step.
    package var gates: ArraySlice<Float> { values[layout.gates] }
}
