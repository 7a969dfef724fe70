/// What fixes the parameters of a language model: its cell and its sizes.
public struct ModelConfiguration: Sendable, Hashable, Codable {
    /// The cell's name, such as `lstm`.
    public var cell: String
    /// V, the number of symbols, the unknown one included.
    public var vocabularySize: Int
    /// D, the width of the embedding.
    public var embeddingSize: Int
    /// H, the hidden units of each layer.
    public var hiddenSize: Int
    /// L, the number of layers.
    public var layers: Int

    public init(cell: String, vocabularySize: Int, embeddingSize: Int, hiddenSize: Int, layers: Int) {
        self.cell = cell
        self.vocabularySize = vocabularySize
        self.embeddingSize = embeddingSize
        self.hiddenSize = hiddenSize
        self.layers = layers
    }

    enum CodingKeys: String, CodingKey {
        case cell, layers
        case vocabularySize = "vocabulary_size"
        case embeddingSize = "embedding_size"
        case hiddenSize = "hidden_size"
    }
}
