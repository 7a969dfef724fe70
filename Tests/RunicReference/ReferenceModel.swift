internal import Foundation

/// A character-level language model in double precision by the plain equations: embedding, layers of one cell, softmax.
///
/// It is here to be believed, not to be quick: loops over arrays, no product library, nothing shared with Runic. Its
/// own gradients are checked by central differences.
package struct ReferenceModel: Sendable {
    package let cell: ReferenceCell
    /// V, D, H and L.
    package let vocabularySize: Int
    package let embeddingSize: Int
    package let hiddenSize: Int
    package let layers: Int
    /// Row-major, by PyTorch's names.
    package var tensors: [String: [Double]] = [:]

    /// A model whose tensor number i holds `scale · cos(k² / 10 + i)` at element k, rounded to float32.
    ///
    /// The square keeps the matrices from being of rank two.
    package init(
        cell: ReferenceCell, vocabularySize: Int, embeddingSize: Int, hiddenSize: Int, layers: Int,
        scale: Double = 0.5
    ) {
        self.cell = cell
        self.vocabularySize = vocabularySize
        self.embeddingSize = embeddingSize
        self.hiddenSize = hiddenSize
        self.layers = layers
        for (index, tensor) in shapes.enumerated() {
            let count = tensor.shape.reduce(1, *)
            tensors[tensor.name] = (0..<count).map { element in
                Double(Float(scale * cos(Double(element * element) / 10 + Double(index))))
            }
        }
    }

    /// The tensors in order.
    package var shapes: [(name: String, shape: [Int])] {
        let G = gateSize
        var made = [("embedding.weight", [vocabularySize, embeddingSize])]
        for layer in 0..<layers {
            made.append(("rnn.weight_ih_l\(layer)", [G, inputSize(of: layer)]))
            made.append(("rnn.weight_hh_l\(layer)", [G, hiddenSize]))
            made.append(("rnn.bias_ih_l\(layer)", [G]))
            made.append(("rnn.bias_hh_l\(layer)", [G]))
        }
        made.append(("decoder.weight", [vocabularySize, hiddenSize]))
        made.append(("decoder.bias", [vocabularySize]))
        return made
    }

    var gateSize: Int { cell.gateCount * hiddenSize }

    func inputSize(of layer: Int) -> Int { layer == 0 ? embeddingSize : hiddenSize }

    /// A tensor by its name; a wrong name gives nothing and so fails at the first element.
    func tensor(_ name: String) -> [Double] { tensors[name] ?? [] }

    /// The state before any text.
    package func zeroState(rows: Int) -> ReferenceState {
        let zeros = [[Double]](repeating: [Double](repeating: 0, count: rows * hiddenSize), count: layers)
        return ReferenceState(hidden: zeros, cell: zeros)
    }

    /// The mean of −log p over a batch.
    package func loss(_ batch: ReferenceBatch, from state: ReferenceState, masks: [[Double]] = []) -> Double {
        let traces = forward(batch, from: state, masks: masks)
        var total = 0.0
        for row in 0..<(batch.time * batch.rows) {
            total -= logProbabilities(after: outputRow(traces, row))[batch.targets[row]]
        }
        return total / Double(batch.time * batch.rows)
    }

    /// −log p of every symbol of a text but the first, from the zero state.
    package func nats(_ text: [Int]) -> [Double] {
        guard text.count > 1 else { return [] }
        let batch = ReferenceBatch(texts: [text])
        let traces = forward(batch, from: zeroState(rows: 1), masks: [])
        return (0..<batch.time).map { -logProbabilities(after: outputRow(traces, $0))[batch.targets[$0]] }
    }

    /// log softmax(W h + b).
    package func logProbabilities(after hidden: [Double]) -> [Double] {
        let scores = affine(tensor("decoder.weight"), tensor("decoder.bias"), hidden)
        let largest = scores.max() ?? 0
        let sum = scores.reduce(0) { $0 + exp($1 - largest) }
        return scores.map { $0 - largest - log(sum) }
    }

    func outputRow(_ traces: [ReferenceTrace], _ row: Int) -> [Double] {
        Array(traces[layers - 1].output[(row * hiddenSize)..<((row + 1) * hiddenSize)])
    }

    /// W x + b.
    func affine(_ weight: [Double], _ bias: [Double], _ x: [Double]) -> [Double] {
        var result = bias
        let columns = x.count
        for row in 0..<bias.count {
            var sum = 0.0
            for column in 0..<columns { sum += weight[row * columns + column] * x[column] }
            result[row] += sum
        }
        return result
    }
}
