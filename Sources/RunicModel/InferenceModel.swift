internal import RunicCells
internal import RunicKernels

/// A model ready to read and predict one symbol after the other, in float32.
package final class InferenceModel: Sendable {
    package let parameters: ModelParameters
    private let biases: Block<Float>
    /// (V, G), or no rows where the vocabulary is too large for a table to pay.
    private let table: Block<Float>
    private let arena = Arena()

    /// Largest vocabulary whose table is made when the model is loaded.
    private static let largestTable = 1024

    /// - Throws: ``ModelError/matrix(_:)``.
    package init(parameters: ModelParameters) throws(ModelError) {
        self.parameters = parameters
        let shape = parameters.shape
        let blocks = parameters.blocks
        biases = arena.block(rows: shape.layers, columns: shape.cell.biasCount * shape.hiddenSize)
        for layer in 0..<shape.layers {
            let names = StackShape.Names(layer: layer)
            shape.cell.combineBiases(
                input: blocks[names.inputBias], hidden: blocks[names.hiddenBias],
                into: biases.rows(layer..<(layer + 1)))
        }
        let V = parameters.configuration.vocabularySize
        table = arena.block(rows: V <= Self.largestTable ? V : 0, columns: shape.gateSize)
        guard table.rows > 0 else { return }
        let weight = blocks[StackShape.Names(layer: 0).inputWeight]
        do {
            let packed = try PackedMatrix(
                library: try MatrixLibrary(), rows: weight.rows, columns: weight.columns, transposed: true,
                precision: .float32, rowsHint: V)
            packed.fill(from: weight)
            try MatrixProduct(right: packed, rows: V).run(left: Operand(blocks["embedding.weight"]), output: table)
        } catch {
            throw .matrix(error.description)
        }
    }

    /// The state before any text: zero, with the scores that a model gives from nothing, its decoder's bias.
    package func start() -> InferenceState {
        let shape = parameters.shape
        func zeros(_ count: Int) -> [Float] { [Float](repeating: 0, count: count) }
        return InferenceState(
            hidden: zeros(shape.layers * shape.hiddenSize),
            auxiliary: zeros(shape.layers * shape.cell.auxiliaryCount * shape.hiddenSize),
            gates: zeros(shape.layers * shape.gateSize), logits: parameters.blocks["decoder.bias"].array,
            hiddenPart: zeros(shape.gateSize), inputPart: zeros(shape.gateSize),
            saved: zeros(shape.cell.savedCount * shape.hiddenSize))
    }

    /// Reads one symbol.
    ///
    /// - Precondition: `symbol` is below the vocabulary's size.
    /// - Complexity: L · G · 2H + V · H multiply-adds, less layer 0's input with a table.
    package func read(_ symbol: Int, into state: inout InferenceState) {
        let shape = parameters.shape
        precondition((0..<parameters.configuration.vocabularySize).contains(symbol), "symbol \(symbol)")
        let (L, H, G) = (shape.layers, shape.hiddenSize, shape.gateSize)
        var identifiers = [Int32(symbol)]
        withBlock(of: &identifiers, rows: 1, columns: 1) { identifier in
            withBlock(of: &state.hidden, rows: L, columns: H) { hidden in
                withBlock(of: &state.gates, rows: L, columns: G) { gates in
                    withBlock(of: &state.hiddenPart, rows: 1, columns: G) { hiddenPart in
                        withBlock(of: &state.inputPart, rows: 1, columns: G) { inputPart in
                            withOptionalBlock(of: &state.auxiliary, rows: L) { auxiliary in
                                withOptionalBlock(of: &state.saved, rows: 1) { saved in
                                    for layer in 0..<L {
                                        advance(
                                            layer, identifier, hidden, auxiliary.rows(layer..<(layer + 1)),
                                            gates.rows(layer..<(layer + 1)), hiddenPart, inputPart, saved)
                                    }
                                }
                            }
                        }
                    }
                }
                let top = hidden.rows((L - 1)..<L)
                let blocks = parameters.blocks
                withBlock(of: &state.logits, rows: 1, columns: parameters.configuration.vocabularySize) { logits in
                    ElementWise.matrixVector(
                        blocks["decoder.weight"], bias: blocks["decoder.bias"], top, to: logits)
                }
            }
        }
    }

    private func withOptionalBlock(of array: inout [Float], rows: Int, _ body: (Block<Float>) -> Void) {
        if array.isEmpty {
            body(biases.columns(0..<0).rows(0..<rows))
        } else {
            withBlock(of: &array, rows: rows, columns: array.count / rows, body)
        }
    }

    private func advance(
        _ layer: Int, _ identifier: Block<Int32>, _ hidden: Block<Float>, _ auxiliary: Block<Float>,
        _ gates: Block<Float>, _ hiddenPart: Block<Float>, _ inputPart: Block<Float>, _ saved: Block<Float>
    ) {
        let shape = parameters.shape
        let blocks = parameters.blocks
        let names = StackShape.Names(layer: layer)
        let own = hidden.rows(layer..<(layer + 1))
        ElementWise.matrixVector(blocks[names.hiddenWeight], bias: nil, own, to: hiddenPart)
        let usesTable = layer == 0 && table.rows > 0
        if !usesTable {
            let symbol = Int(identifier[0, 0])
            let input =
                layer == 0
                ? blocks["embedding.weight"].rows(symbol..<(symbol + 1))
                : hidden.rows((layer - 1)..<layer)
            ElementWise.matrixVector(blocks[names.inputWeight], bias: nil, input, to: inputPart)
        }
        shape.cell.forward(
            ForwardStep(
                input: usesTable ? table : inputPart, identifiers: usesTable ? identifier : nil,
                hiddenPart: hiddenPart, bias: biases.rows(layer..<(layer + 1)), hiddenBefore: own,
                auxiliaryBefore: auxiliary, gates: gates, saved: saved, hidden: own, auxiliary: auxiliary,
                rounded: nil))
    }
}
