/// Features of a model's layers in addition to their cells; see `ModelConfiguration`.
public struct StackSettings: Sendable, Hashable, Codable {
    /// P, the width to which an LSTM's hidden state is projected; nil for no projection.
    public var projection: Int?
    /// Whether every layer but the first adds its input to its output.
    public var residual = false
    /// Whether layer normalisation is applied to the products of a step.
    public var layerNorm = false
    /// Whether the initial state is learned.
    public var learnsInitialState = false
    /// Whether the softmax layer uses the embedding as its weights.
    public var tied = false

    /// None of the features.
    public init() {}

    enum CodingKeys: String, CodingKey {
        case projection, residual, tied
        case layerNorm = "layer_norm"
        case learnsInitialState = "learns_initial_state"
    }
}
