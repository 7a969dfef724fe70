/// The configuration of a language model: its cell, sizes and layer options. It fixes the model's tensors.
public struct ModelConfiguration: Sendable, Hashable, Codable {
    /// The cell's specification: a name, or a name with options, such as `lstm` or `lstm:peephole+coupled`.
    public var cell: String
    /// V, the number of symbols, including the unknown symbol.
    public var vocabularySize: Int
    /// D, the width of the embedding.
    public var embeddingSize: Int
    /// H, the hidden units of each layer.
    public var hiddenSize: Int
    /// L, the number of layers.
    public var layers: Int
    /// P, the width that an LSTM's hidden state is projected to, PyTorch's `proj_size`; nil for no projection.
    public var projectionSize: Int?
    /// Whether every layer except the first adds its input to its output (residual connections).
    public var residual = false
    /// Whether the products of a step are layer-normalised over the gates (Ba et al. 2016, arXiv 1607.06450).
    public var layerNorm = false
    /// Whether the initial state is learned; otherwise it is zero.
    public var learnsInitialState = false
    /// Whether the softmax layer uses the embedding as its weights; both then have the width of the last layer's output.
    public var tied = false
    /// The probability that a unit of the hidden state keeps its value at a step of training (zoneout, Krueger et al. 2017,
    /// arXiv 1606.01305); outside training, states take the expected value.
    public var zoneoutHidden = 0.0
    /// The same of the cell state.
    public var zoneoutCell = 0.0

    /// A model of these sizes, with no further options.
    public init(cell: String, vocabularySize: Int, embeddingSize: Int, hiddenSize: Int, layers: Int) {
        self.cell = cell
        self.vocabularySize = vocabularySize
        self.embeddingSize = embeddingSize
        self.hiddenSize = hiddenSize
        self.layers = layers
    }

    /// The allowed number of symbols; ids have two bytes.
    public static let vocabularySizes = 2...65_536
    /// The allowed widths of embedding and hidden layers.
    public static let widths = 1...16_384
    /// The allowed number of layers.
    public static let layerCounts = 1...64

    /// The width of each layer's output: P if the hidden state is projected, else H.
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

    /// Missing keys take the values of a plain model, whose archive does not have them.
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
