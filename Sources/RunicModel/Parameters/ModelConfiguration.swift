@_exported public import RunicCells

/// The configuration of a language model: its cell, sizes and layer options. It fixes the model's tensors.
@dynamicMemberLookup
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
    /// The options of the layers, which are members of the configuration too: `configuration.residual = true`.
    public var options = LayerOptions()
    /// Whether the softmax layer uses the embedding as its weights; both then have the width of the last layer's output.
    public var tied = false

    /// A model of these sizes, with no further options.
    public init(cell: String, vocabularySize: Int, embeddingSize: Int, hiddenSize: Int, layers: Int) {
        self.cell = cell
        self.vocabularySize = vocabularySize
        self.embeddingSize = embeddingSize
        self.hiddenSize = hiddenSize
        self.layers = layers
    }

    /// An option of the layers.
    public subscript<Value>(dynamicMember option: WritableKeyPath<LayerOptions, Value>) -> Value {
        get { options[keyPath: option] }
        set { options[keyPath: option] = newValue }
    }

    /// The allowed number of symbols; ids have two bytes.
    public static let vocabularySizes = 2...65_536
    /// The allowed widths of embedding and hidden layers.
    public static let widths = 1...16_384
    /// The allowed number of layers.
    public static let layerCounts = 1...64

    /// The width of each layer's output: P if the hidden state is projected, else H.
    public var outputSize: Int { options.projectionSize ?? hiddenSize }

    enum CodingKeys: String, CodingKey {
        case cell, layers, tied
        case vocabularySize = "vocabulary_size"
        case embeddingSize = "embedding_size"
        case hiddenSize = "hidden_size"
        case projectionSize = "projection_size"
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
        tied = try values.decodeIfPresent(Bool.self, forKey: .tied) ?? false
        options.projectionSize = try values.decodeIfPresent(Int.self, forKey: .projectionSize)
        options.zoneoutHidden = try values.decodeIfPresent(Double.self, forKey: .zoneoutHidden) ?? 0
        options.zoneoutCell = try values.decodeIfPresent(Double.self, forKey: .zoneoutCell) ?? 0
        try options.readSwitches(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(cell, forKey: .cell)
        try values.encode(vocabularySize, forKey: .vocabularySize)
        try values.encode(embeddingSize, forKey: .embeddingSize)
        try values.encode(hiddenSize, forKey: .hiddenSize)
        try values.encode(layers, forKey: .layers)
        if tied { try values.encode(tied, forKey: .tied) }
        try values.encodeIfPresent(options.projectionSize, forKey: .projectionSize)
        if options.zoneoutHidden > 0 { try values.encode(options.zoneoutHidden, forKey: .zoneoutHidden) }
        if options.zoneoutCell > 0 { try values.encode(options.zoneoutCell, forKey: .zoneoutCell) }
        try options.writeSwitches(to: encoder)
    }
}
