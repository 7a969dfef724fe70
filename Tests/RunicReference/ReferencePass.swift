/// The results of a pass over a batch.
package struct ReferencePass: Sendable {
    /// The mean of −log p over the batch, in nats per symbol, without smoothing and penalties.
    package var loss: Double
    /// The function that the gradients belong to: the loss with smoothing and penalties.
    package var objective: Double
    /// ∂objective/∂tensor, by the tensor's name.
    package var gradients: [String: [Double]]
    /// The state after the last step.
    package var state: ReferenceState
    /// x_L, the decoder's input, (T·B, R).
    package var output: [Double]
}
