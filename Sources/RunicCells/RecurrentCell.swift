package import RunicKernels

/// A recurrent cell: its equations, forward and backward, for the element-wise part of one time step.
///
/// The stack makes the two products and hands the cell what they contribute:
///
///     input_t      = Wx · x_t          (B, G), G = gateCount · H; row r, or row identifiers[r] of a table
///     hiddenPart_t = Wh · h_{t−1}      (B, G)
///
/// and, on the way back, multiplies the gate gradients by the same matrices. Biases enter in the cell, as one vector
/// that the cell makes of PyTorch's two. A cell is a stateless value; adding one is a file like `LSTMCell.swift` and a
/// line in ``CellRegistry``.
package protocol RecurrentCell: Sendable {
    /// The name on the command line and in archives, such as `lstm`.
    var name: String { get }
    /// Rows of gates per hidden unit, in the order of the parameter tensors.
    var gateNames: [String] { get }
    /// How many float32 states a unit has beside h: 1 for an LSTM's c.
    var auxiliaryCount: Int { get }
    /// How many values a unit keeps for the way back beside its gates and states.
    var savedCount: Int { get }
    /// Length of the bias that enters the step, in H.
    var biasCount: Int { get }
    /// Whether Wh meets another gate gradient than Wx does.
    var separatesRecurrentGradient: Bool { get }
    /// Whether ∂h_t/∂h_{t−1} has a part that passes no matrix, left by `backward` in `hiddenGradient`.
    var passesGradientDirectly: Bool { get }

    /// Makes the bias of the step of `bias_ih` and `bias_hh`, each (G).
    func combineBiases(input: Block<Float>, hidden: Block<Float>, into bias: Block<Float>)
    /// Makes the gradients of `bias_ih` and `bias_hh` of that of the combined bias.
    func splitBiasGradient(_ gradient: Block<Float>, input: Block<Float>, hidden: Block<Float>)
    /// The starting value of `bias_ih`, (G).
    func initialInputBias(hiddenSize: Int) -> [Float]
    /// One step forward.
    func forward(_ step: ForwardStep)
    /// One step backward.
    func backward(_ step: BackwardStep)
}

extension RecurrentCell {
    package var gateCount: Int { gateNames.count }

    /// b = b_ih + b_hh, for cells whose gates add Wx · x and Wh · h before anything else.
    package func combineBiases(input: Block<Float>, hidden: Block<Float>, into bias: Block<Float>) {
        bias.assign(from: input)
        ElementWise.add(hidden, to: bias)
    }

    package func splitBiasGradient(_ gradient: Block<Float>, input: Block<Float>, hidden: Block<Float>) {
        input.assign(from: gradient)
        hidden.assign(from: gradient)
    }

    package func initialInputBias(hiddenSize: Int) -> [Float] {
        [Float](repeating: 0, count: gateCount * hiddenSize)
    }
}
