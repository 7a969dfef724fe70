/// The specification of a reference model: its cell, its sizes and the options of its stack.
package struct ReferenceSpecification: Hashable, Sendable, CustomStringConvertible {
    package var cell: ReferenceCell
    /// V, D, H and L.
    package var vocabularySize: Int
    package var embeddingSize: Int
    package var hiddenSize: Int
    package var layers: Int
    /// P, of an LSTM whose h is W_hr (o ⊙ tanh c); nil without a projection.
    package var projectionSize: Int?
    /// Whether x_{l+1} = x_l + h_l from layer 1 on.
    package var residual = false
    /// Whether the decoder reads the sum of the h of all layers.
    package var skip = false
    /// Whether i = min(i, 1 − f).
    package var capsInputGate = false
    /// Whether W_x x and W_h h are normalised over groups of gates, and the LSTM's c before it is squashed.
    package var layerNorm = false
    /// Whether h and c start from parameters.
    package var learnsInitialState = false
    /// Whether the decoder's matrix is the embedding's.
    package var tied = false

    package init(
        cell: ReferenceCell, vocabularySize: Int, embeddingSize: Int, hiddenSize: Int, layers: Int,
        projectionSize: Int? = nil, residual: Bool = false, layerNorm: Bool = false, learnsInitialState: Bool = false,
        tied: Bool = false
    ) {
        self.cell = cell
        self.vocabularySize = vocabularySize
        self.embeddingSize = embeddingSize
        self.hiddenSize = hiddenSize
        self.layers = layers
        self.projectionSize = projectionSize
        self.residual = residual
        self.layerNorm = layerNorm
        self.learnsInitialState = learnsInitialState
        self.tied = tied
        precondition(projectionSize == nil || cell.hasCellState, "\(cell) has no projection")
        precondition(!tied || embeddingSize == outputSize, "tied, but D is \(embeddingSize) and h has \(outputSize)")
    }

    /// The length of h: P, or H without a projection.
    package var outputSize: Int { projectionSize ?? hiddenSize }

    /// G.
    package var gateSize: Int { cell.gateCount * hiddenSize }

    /// The length of x: D for layer 0, that of h above it.
    package func inputSize(of layer: Int) -> Int { layer == 0 ? embeddingSize : outputSize }

    package var description: String {
        var text = "\(cell) L\(layers) V\(vocabularySize) D\(embeddingSize) H\(hiddenSize)"
        if let projectionSize { text += " P\(projectionSize)" }
        if residual { text += " residual" }
        if skip { text += " skip" }
        if capsInputGate { text += " cap-input-gate" }
        if layerNorm { text += " layer-norm" }
        if learnsInitialState { text += " initial-state" }
        if tied { text += " tied" }
        return text
    }

    /// The names and shapes of all tensors, in order.
    package var shapes: [(name: String, shape: [Int])] {
        let decoder: [(String, [Int])] = tied ? [] : [("decoder.weight", [vocabularySize, outputSize])]
        return [("embedding.weight", [vocabularySize, embeddingSize])]
            + (0..<layers).flatMap { shapes(of: $0) } + decoder + [("decoder.bias", [vocabularySize])]
    }

    private func shapes(of layer: Int) -> [(name: String, shape: [Int])] {
        let (G, H, R) = (gateSize, hiddenSize, outputSize)
        var made = [
            ("weight_ih", [G, inputSize(of: layer)]), ("weight_hh", [G, R]), ("bias_ih", [G]), ("bias_hh", [G]),
        ]
        if projectionSize != nil { made.append(("weight_hr", [R, H])) }
        if case .lstm(let options) = cell.family {
            for gate in options.gates where options.peepholes.contains(gate) {
                made.append(("peephole_\(gate.rawValue)", [H]))
            }
        }
        if layerNorm { made += [("norm_ih", [G]), ("norm_hh", [G])] }
        if layerNorm && cell.hasCellState { made += [("norm_cell", [H]), ("norm_cell_bias", [H])] }
        if learnsInitialState { made.append(("initial_hidden", [R])) }
        if learnsInitialState && cell.hasCellState { made.append(("initial_cell", [H])) }
        return made.map { ("rnn.\($0.0)_l\(layer)", $0.1) }
    }
}
