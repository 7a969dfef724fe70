/// What fixes the parameters of a language model: its cell and its sizes, and what its layers have beside them.
public struct ModelConfiguration: Sendable, Hashable, Codable {
    /// The cell's specification: a name, or a name with options, such as `lstm` or `lstm:peephole+coupled`.
    public var cell: String
    /// V, the number of symbols, the unknown one included.
    public var vocabularySize: Int
    /// D, the width of the embedding.
    public var embeddingSize: Int
    /// H, the hidden units of each layer.
    public var hiddenSize: Int
    /// L, the number of layers.
    public var layers: Int
    /// P: the hidden state of an LSTM is projected to this width, as PyTorch's `proj_size`; nil: it is not.
    public var projectionSize: Int?
    /// Whether every layer but the first adds what it reads to what it gives.
    public var residual = false
    /// Whether the products of a step are normalised over the gates (Ba et al. 2016, arXiv 1607.06450).
    public var layerNorm = false
    /// Whether the state before any text is learned; else it is zero.
    public var learnsInitialState = false
    /// Whether the softmax's weights are the embedding; it is then as wide as what the last layer gives.
    public var tied = false
    /// The chance that a unit of the hidden state, or of the cell state, keeps its value for a step of training (zoneout,
    /// Krueger et al. 2017, arXiv 1606.01305); outside of training states move by the expectation.
    public var zoneoutHidden = 0.0
    public var zoneoutCell = 0.0

    public init(cell: String, vocabularySize: Int, embeddingSize: Int, hiddenSize: Int, layers: Int) {
        self.cell = cell
        self.vocabularySize = vocabularySize
        self.embeddingSize = embeddingSize
        self.hiddenSize = hiddenSize
        self.layers = layers
    }

    /// P or H: the width of what each layer gives.
    public var outputSize: Int { projectionSize ?? hiddenSize }

    enum CodingKeys: String, CodingKey {
        case cell, layers, residual, tied
        case vocabularySize = "vocabulary_size"
        case embeddingSize = "embedding_size"
        case hiddenSize = "hidden_size"
        case projectionSize = "projection_size"
        case layerNorm = "layer_norm"
        case learnsInitialState = "learns_initial_state"
        case zoneoutHidden = "zoneout_hidden"
        case zoneoutCell = "zoneout_cell"
    }

    /// What is missing is as in a plain model, so that a plain model's archive says nothing of it.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        cell = try values.decode(String.self, forKey: .cell)
        vocabularySize = try values.decode(Int.self, forKey: .vocabularySize)
        embeddingSize = try values.decode(Int.self, forKey: .embeddingSize)
        hiddenSize = try values.decode(Int.self, forKey: .hiddenSize)
        layers = try values.decode(Int.self, forKey: .layers)
        projectionSize = try values.decodeIfPresent(Int.self, forKey: .projectionSize)
        residual = try values.decodeIfPresent(Bool.self, forKey: .residual) ?? false
        layerNorm = try values.decodeIfPresent(Bool.self, forKey: .layerNorm) ?? false
        learnsInitialState = try values.decodeIfPresent(Bool.self, forKey: .learnsInitialState) ?? false
        tied = try values.decodeIfPresent(Bool.self, forKey: .tied) ?? false
        zoneoutHidden = try values.decodeIfPresent(Double.self, forKey: .zoneoutHidden) ?? 0
        zoneoutCell = try values.decodeIfPresent(Double.self, forKey: .zoneoutCell) ?? 0
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(cell, forKey: .cell)
        try values.encode(vocabularySize, forKey: .vocabularySize)
        try values.encode(embeddingSize, forKey: .embeddingSize)
        try values.encode(hiddenSize, forKey: .hiddenSize)
        try values.encode(layers, forKey: .layers)
        try values.encodeIfPresent(projectionSize, forKey: .projectionSize)
        for (flag, key) in [
            (residual, CodingKeys.residual), (layerNorm, .layerNorm), (learnsInitialState, .learnsInitialState),
            (tied, .tied),
        ] where flag { try values.encode(flag, forKey: key) }
        if zoneoutHidden > 0 { try values.encode(zoneoutHidden, forKey: .zoneoutHidden) }
        if zoneoutCell > 0 { try values.encode(zoneoutCell, forKey: .zoneoutCell) }
    }
}
