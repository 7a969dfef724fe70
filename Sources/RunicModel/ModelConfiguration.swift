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

/// Why a model cannot be made.
public enum ModelError: Error, Sendable, CustomStringConvertible {
    /// No cell of that name is registered.
    case unknownCell(String, known: [String])
    /// A size is out of its range.
    case size(name: String, value: Int, allowed: ClosedRange<Int>)
    /// A tensor is missing, or has another shape than the configuration asks for.
    case tensor(name: String, expected: [Int], found: [Int]?)
    /// The matrix library refused.
    case matrix(String)

    public var description: String {
        switch self {
        case .unknownCell(let name, let known): "no cell is named \(name); there are \(known.joined(separator: ", "))"
        case .size(let name, let value, let allowed):
            "\(name) is \(value); it must be from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .tensor(let name, let expected, let found):
            found.map { "tensor \(name) has shape \($0), expected \(expected)" } ?? "tensor \(name) is missing"
        case .matrix(let reason): reason
        }
    }
}
