internal import RunicKernels

/// The shape of a stack of layers of one cell; it fixes the tensors of the recurrent part.
package struct StackShape: Sendable {
    package let cell: any RecurrentCell
    package let layers: Int
    /// D, the width of the embedding.
    package let inputSize: Int
    /// H, the number of units, the same in every layer.
    package let hiddenSize: Int
    package let options: LayerOptions
    /// G, the width of the gates.
    package let gateSize: Int
    /// E and L, the widths of the early gates, which read h, and of the late gates, which read the cell's mixture.
    package let earlySize: Int
    package let lateSize: Int
    /// The width of the other states.
    package let auxiliarySize: Int
    /// The width of the combined biases, and of biases and further vectors.
    package let biasSize: Int
    package let vectorSize: Int
    /// The columns of gates that are normalised together; early and late gates are never in one group.
    package let normalisationGroups: [Range<Int>]

    /// - Precondition: sizes are positive, and the cell can have the options.
    package init(
        cell: any RecurrentCell, layers: Int, inputSize: Int, hiddenSize: Int, options: LayerOptions = LayerOptions()
    ) {
        precondition(layers > 0 && inputSize > 0 && hiddenSize > 0, "\(layers) layers of \(inputSize) to \(hiddenSize)")
        let conflict = options.conflict(with: cell, named: cell.name)
        guard conflict == nil, let cell = cell.adapted(to: options) else {
            preconditionFailure(conflict ?? "\(cell.name) cannot have \(options)")
        }
        self.cell = cell
        gateSize = cell.gateCount * hiddenSize
        earlySize = cell.earlyGateCount * hiddenSize
        lateSize = cell.lateGateCount * hiddenSize
        auxiliarySize = cell.auxiliaryCount * hiddenSize
        biasSize = cell.biasCount * hiddenSize
        vectorSize = cell.vectorCount * hiddenSize
        normalisationGroups = cell.normalisationGroups.map {
            ($0.lowerBound * hiddenSize)..<($0.upperBound * hiddenSize)
        }
        self.layers = layers
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        self.options = options
    }

    /// P, the width of h after any projection.
    package var outputSize: Int { options.projectionSize ?? hiddenSize }

    package func inputSize(ofLayer layer: Int) -> Int { layer == 0 ? inputSize : outputSize }

    /// The names of a layer's tensors: PyTorch's, for tensors that PyTorch has.
    package struct Names: Sendable {
        package let inputWeight, hiddenWeight, inputBias, hiddenBias, projection: String
        package let inputGain, hiddenGain, initialHidden, initialCell: String
        private let layer: Int

        package init(layer: Int) {
            self.layer = layer
            inputWeight = "rnn.weight_ih_l\(layer)"
            hiddenWeight = "rnn.weight_hh_l\(layer)"
            inputBias = "rnn.bias_ih_l\(layer)"
            hiddenBias = "rnn.bias_hh_l\(layer)"
            projection = "rnn.weight_hr_l\(layer)"
            inputGain = "rnn.norm_ih_l\(layer)"
            hiddenGain = "rnn.norm_hh_l\(layer)"
            initialHidden = "rnn.initial_hidden_l\(layer)"
            initialCell = "rnn.initial_cell_l\(layer)"
        }

        /// A further vector of the cell.
        package func vector(_ name: String) -> String { "rnn.\(name)_l\(layer)" }
    }

    /// Adds the tensors of every layer: `weight_ih` (G, D or P), `weight_hh` (G, P), `bias_ih` (G), `bias_hh` (G), then
    /// those of the cell and of the options.
    package func appendParameters(to layout: inout ParameterLayout) {
        for layer in 0..<layers {
            let names = Names(layer: layer)
            layout.append(names.inputWeight, [gateSize, inputSize(ofLayer: layer)])
            layout.append(names.hiddenWeight, [gateSize, outputSize])
            layout.append(names.inputBias, [gateSize])
            layout.append(names.hiddenBias, [gateSize])
            if let projected = options.projectionSize { layout.append(names.projection, [projected, hiddenSize]) }
            for vector in cell.furtherVectors { layout.append(names.vector(vector), [hiddenSize]) }
            if options.layerNorm {
                layout.append(names.inputGain, [gateSize])
                layout.append(names.hiddenGain, [gateSize])
            }
            if options.learnsInitialState {
                layout.append(names.initialHidden, [outputSize])
                if auxiliarySize > 0 { layout.append(names.initialCell, [auxiliarySize]) }
            }
        }
    }
}
