/// A model's memory of what it has read, and what it expects next. A value: copy it to fork.
package struct InferenceState: Sendable, Hashable {
    /// (L, H) and (L, auxiliaryCount · H).
    package internal(set) var hidden: [Float]
    package internal(set) var auxiliary: [Float]
    /// (L, G): the activated gates of the last step.
    package internal(set) var gates: [Float]
    /// (V): the scores of the next symbol, before softmax.
    package internal(set) var logits: [Float]
    /// Working memory of a step: Wh · h (G), Wx · x (G) and what cells save (savedCount · H).
    var hiddenPart: [Float]
    var inputPart: [Float]
    var saved: [Float]
}
