import RunicCells
import RunicKernels
import RunicModel
import RunicReference
import RunicSymbols
import Testing

/// A model and a batch of certain sizes, for the engine and for the reference.
struct EngineCase: Sendable, CustomTestStringConvertible {
    var cell: ReferenceCell
    /// L, V, D and H.
    var layers: Int
    var vocabulary: Int
    var embedding: Int
    var hidden: Int
    /// B and T.
    var batch: Int
    var time: Int

    init(_ cell: ReferenceCell, L: Int, V: Int, D: Int, H: Int, B: Int, T: Int) {
        self.cell = cell
        (layers, vocabulary, embedding, hidden, batch, time) = (L, V, D, H, B, T)
    }

    var testDescription: String {
        "\(cell) L\(layers) V\(vocabulary) D\(embedding) H\(hidden) B\(batch) T\(time)"
    }

    var reference: ReferenceModel {
        ReferenceModel(
            ReferenceSpecification(
                cell: cell, vocabularySize: vocabulary, embeddingSize: embedding, hiddenSize: hidden, layers: layers))
    }

    var configuration: ModelConfiguration {
        ModelConfiguration(
            cell: cell.rawValue, vocabularySize: vocabulary, embeddingSize: embedding, hiddenSize: hidden,
            layers: layers)
    }

    /// Rows of T + 1 symbols; a later batch continues where the previous one stopped.
    func texts(batch number: Int) -> [[Int]] {
        (0..<batch).map { row in
            (0...time).map { step in
                let position = number * time + step
                return (position * position * 7 + position / 3 + row * 5 + row * position) % vocabulary
            }
        }
    }

    /// Parameters with the values of a reference.
    static func parameters(_ reference: ReferenceModel, _ configuration: ModelConfiguration) throws -> ModelParameters {
        let made = try ModelParameters(configuration: configuration)
        for (name, shape) in reference.shapes {
            #expect(made.layout.entry(name).shape == shape)
            made.blocks[name].assign(from: try #require(reference.tensors[name]).map { Float($0) })
        }
        return made
    }

    func engine(_ precision: Precision = .float32, dropout: Double = 0) throws -> GradientEngine {
        try GradientEngine(
            parameters: Self.parameters(reference, configuration), precision: precision, batch: batch, time: time,
            regularisation: Regularisation(dropout: dropout))
    }
}

extension GradientEngine {
    /// Gives all rows their texts.
    func set(_ texts: [[Int]]) {
        for (row, text) in texts.enumerated() { setRow(row, symbols: SymbolSequence(text.map { UInt16($0) })) }
    }

    /// The gradient of one tensor.
    func gradient(_ name: String) -> [Double] {
        ParameterBlocks(layout: parameters.layout, whole: gradient)[name].array.map { Double($0) }
    }
}
