/// Dropout of a training step: one probability for the output of every layer, the last one's before the softmax.
package struct StepNoise: Sendable, Hashable {
    package var dropout: Double
    /// Fixes every mask of the step.
    package var key: UInt64

    package init(dropout: Double, key: UInt64) {
        self.dropout = dropout
        self.key = key
    }
}
