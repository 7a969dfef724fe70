/// What a study of gradients measures.
package struct GradientSettings: Sendable {
    /// The cells whose starts are measured, by their specifications.
    package var cells = ["rnn", "lstm", "gru"]
    /// H of fresh cells.
    package var hidden = 128
    /// How far back the gradient is followed.
    package var steps = 1_000
    /// Steps that gated cells remember in their second start; nil: `steps`; 0: no second start.
    package var remember: Int?
    /// The factor on the recurrent weights of cells without gates in their second start; 1: no second start.
    package var gain = 3.0
    package var seed: UInt64 = 1
    package var threads = 1

    package init() {}
}
