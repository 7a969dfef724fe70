/// What a pass over a batch gives.
package struct ReferencePass: Sendable {
    /// The mean of −log p over the batch, in nats per symbol.
    package var loss: Double
    /// ∂loss/∂tensor, by the tensor's name.
    package var gradients: [String: [Double]]
    /// The state after the last step.
    package var state: ReferenceState
}
