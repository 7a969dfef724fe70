internal import RunicKernels

/// Layers of one cell: what fixes the parameters of the recurrent part.
package struct StackShape: Sendable {
    package let cell: any RecurrentCell
    package let layers: Int
    /// D, the width of the embedding.
    package let inputSize: Int
    /// H, the same in every layer.
    package let hiddenSize: Int

    package init(cell: any RecurrentCell, layers: Int, inputSize: Int, hiddenSize: Int) {
        precondition(layers > 0 && inputSize > 0 && hiddenSize > 0, "\(layers) layers of \(inputSize) to \(hiddenSize)")
        self.cell = cell
        self.layers = layers
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
    }

    /// G, the width of the gates.
    package var gateSize: Int { cell.gateCount * hiddenSize }

    package func inputSize(ofLayer layer: Int) -> Int { layer == 0 ? inputSize : hiddenSize }

    /// The names of a layer's four tensors, as PyTorch has them.
    package struct Names: Sendable {
        package let inputWeight, hiddenWeight, inputBias, hiddenBias: String

        package init(layer: Int) {
            inputWeight = "rnn.weight_ih_l\(layer)"
            hiddenWeight = "rnn.weight_hh_l\(layer)"
            inputBias = "rnn.bias_ih_l\(layer)"
            hiddenBias = "rnn.bias_hh_l\(layer)"
        }
    }

    /// Adds the tensors of every layer: `weight_ih` (G, D or H), `weight_hh` (G, H), `bias_ih` (G), `bias_hh` (G).
    package func appendParameters(to layout: inout ParameterLayout) {
        for layer in 0..<layers {
            let names = Names(layer: layer)
            layout.append(names.inputWeight, [gateSize, inputSize(ofLayer: layer)])
            layout.append(names.hiddenWeight, [gateSize, hiddenSize])
            layout.append(names.inputBias, [gateSize])
            layout.append(names.hiddenBias, [gateSize])
        }
    }
}
