internal import Foundation

/// A character-level language model in double precision by the plain equations: embedding, layers of one cell, softmax.
///
/// It is here to be believed, not to be quick: loops over arrays, no product library, nothing shared with Runic. Its
/// own gradients are checked by central differences.
package struct ReferenceModel: Sendable {
    package let specification: ReferenceSpecification
    /// Row-major, by their names.
    package var tensors: [String: [Double]] = [:]

    /// A model whose tensor number i holds `scale · cos(k² / 10 + i)` at element k, rounded to float32.
    ///
    /// The square keeps the matrices from being of rank two.
    package init(_ specification: ReferenceSpecification, scale: Double = 0.5) {
        self.specification = specification
        for (index, tensor) in shapes.enumerated() {
            let count = tensor.shape.reduce(1, *)
            tensors[tensor.name] = (0..<count).map { element in
                Double(Float(scale * cos(Double(element * element) / 10 + Double(index))))
            }
        }
    }

    /// The names and shapes of all tensors, in order.
    package var shapes: [(name: String, shape: [Int])] { specification.shapes }

    /// A tensor by its name; a wrong name gives nothing and so fails at the first element.
    func vector(_ name: String) -> Vector { Vector(tensors[name] ?? []) }

    /// A matrix by its name, row by row.
    func rows(_ name: String, _ columns: Int) -> [Vector] {
        let values = tensors[name] ?? []
        return (0..<(values.count / columns)).map { Vector(values[($0 * columns)..<(($0 + 1) * columns)]) }
    }

    /// h and c before any text and after every reset.
    func initialMemory(of layer: Int) -> ReferenceUnit {
        guard specification.learnsInitialState else {
            return ReferenceUnit(hidden: .zeros(specification.outputSize), cell: .zeros(specification.hiddenSize))
        }
        return ReferenceUnit(
            hidden: vector("rnn.initial_hidden_l\(layer)"),
            cell: specification.cell.hasCellState
                ? vector("rnn.initial_cell_l\(layer)") : .zeros(specification.hiddenSize))
    }

    /// The state before any text. A pass takes it as a constant: the gradient of a learned one comes from resets.
    package func initialState(rows: Int) -> ReferenceState {
        func repeated(_ part: KeyPath<ReferenceUnit, Vector>) -> [[Double]] {
            (0..<specification.layers).map { layer in
                let one = initialMemory(of: layer)[keyPath: part].values
                return (0..<rows).flatMap { _ in one }
            }
        }
        return ReferenceState(hidden: repeated(\.hidden), cell: repeated(\.cell))
    }

    /// The mean of −log p over a batch, in nats per symbol.
    package func loss(
        _ batch: ReferenceBatch, from state: ReferenceState, noise: ReferenceNoise = ReferenceNoise()
    ) -> Double {
        let output = forward(batch, from: state, noise: noise).output
        return ReferenceDecoder(self).losses(output, batch.targets).mean
    }

    /// −log p of every symbol of a text but the first, from the state before any text.
    ///
    /// - Parameter resets: where the state is forgotten, one for each symbol that is read; or nothing.
    package func nats(_ text: [Int], resets: [Bool] = [], noise: ReferenceNoise = ReferenceNoise()) -> [Double] {
        guard text.count > 1 else { return [] }
        let batch = ReferenceBatch(texts: [text], resets: resets)
        let output = forward(batch, from: initialState(rows: 1), noise: noise).output
        return ReferenceDecoder(self).losses(output, batch.targets).values
    }

    /// log softmax(W x_L + b).
    package func logProbabilities(after output: [Double]) -> [Double] {
        ReferenceDecoder(self).logProbabilities(Vector(output)).values
    }
}
