internal import RunicCells
internal import RunicKernels

/// A model's memory of what it has read, and what it expects next. A value: copy it to fork.
package struct InferenceState: Sendable, Hashable {
    /// The scores of the next symbol, before softmax, (V).
    package internal(set) var logits: [Float]
    /// All other floats, one array: see ``Layout``.
    var values: [Float]
    /// (L, paddedStates(P)): the hidden state in 8 bits, where products read it so.
    var codes: [UInt8]
    let layout: Layout
    /// The weights that made the state: parts of it, such as Wh · h, mean nothing to others.
    let origin: ObjectIdentifier

    /// Where the parts of ``values`` stand.
    struct Layout: Sendable, Hashable {
        /// (L, P) and (L, auxiliaryCount · H).
        let hidden, auxiliary: Range<Int>
        /// (L, G): the activated gates of the last step.
        let gates: Range<Int>
        /// (L, gates that read h): Wh · h of every layer, made ahead for the next step.
        let hiddenParts: Range<Int>
        /// (L, P): what each layer gives, where it adds what it reads.
        let outputs: Range<Int>
        /// Working memory of a step: Wx · x (G), Wh · (what the cell mixed) for its late gates, that mixture (H), what cells
        /// save (savedCount · H), o ⊙ tanh(c) before its projection (H), and the states before zoneout, (P) and
        /// (auxiliaryCount · H).
        let inputPart, latePart, mixed, saved, unprojected, fresh, freshAuxiliary: Range<Int>

        init(_ shape: StackShape) {
            let (L, H, P, options) = (shape.layers, shape.hiddenSize, shape.outputSize, shape.options)
            var end = 0
            func take(_ count: Int) -> Range<Int> {
                defer { end += count }
                return end..<(end + count)
            }
            hidden = take(L * P)
            auxiliary = take(L * shape.auxiliarySize)
            gates = take(L * shape.gateSize)
            hiddenParts = take(L * shape.earlySize)
            outputs = take(options.residual ? L * P : 0)
            inputPart = take(shape.gateSize)
            latePart = take(shape.lateSize)
            mixed = take(shape.lateSize > 0 ? H : 0)
            saved = take(shape.cell.savedCount * H)
            unprojected = take(options.projectionSize == nil ? 0 : H)
            fresh = take(options.zoneoutHidden > 0 ? P : 0)
            freshAuxiliary = take(options.zoneoutCell > 0 ? shape.auxiliarySize : 0)
        }

        var count: Int { freshAuxiliary.upperBound }
    }

    /// A state of zeros, with the scores that a model gives from nothing.
    init(layout: Layout, codes: [UInt8], logits: [Float], origin: ObjectIdentifier) {
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
