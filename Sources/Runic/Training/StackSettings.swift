/// What the layers of a model have beside their cells. See `ModelConfiguration` for what each is.
public struct StackSettings: Sendable, Hashable, Codable {
    /// P, the width that an LSTM's hidden state is projected to; nil: it is not.
    public var projection: Int?
    /// Whether every layer but the first adds what it reads to what it gives.
    public var residual = false
    /// Whether the products of a step are normalised.
    public var layerNorm = false
    /// Whether the state before any text is learned.
    public var learnsInitialState = false
    /// Whether the softmax's weights are the embedding.
    public var tied = false

    public init() {}

    enum CodingKeys: String, CodingKey {
        case projection, residual, tied
        case layerNorm = "layer_norm"
        case learnsInitialState = "learns_initial_state"
    }
}
