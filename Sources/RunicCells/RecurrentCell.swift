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
}

/// What a cell reads and writes at one step forward. B rows; unused blocks have no columns.
package struct ForwardStep {
    /// Wx · x_t, (B, G), or the table (V, G) where there are identifiers.
    package var input: Block<Float>
    /// Which row of the table each row of the batch takes, (B); nil where `input` has a row of its own for each.
    package var identifiers: Block<Int32>?
    /// Wh · h_{t−1}, (B, G).
    package var hiddenPart: Block<Float>
    /// The combined bias, (biasCount · H).
    package var bias: Block<Float>
    /// h_{t−1}, (B, H).
    package var hiddenBefore: Block<Float>
    /// The other states at t−1, (B, auxiliaryCount · H).
    package var auxiliaryBefore: Block<Float>
    /// Out: the activated gates, (B, G).
    package var gates: Block<Float>
    /// Out: what `backward` wants to find again, (B, savedCount · H).
    package var saved: Block<Float>
    /// Out: h_t, (B, H).
    package var hidden: Block<Float>
    /// Out: the other states at t, (B, auxiliaryCount · H).
    package var auxiliary: Block<Float>
    /// Out: h_t in bfloat16, where products run in it.
    package var rounded: Block<UInt16>?

    package init(
        input: Block<Float>, identifiers: Block<Int32>?, hiddenPart: Block<Float>, bias: Block<Float>,
        hiddenBefore: Block<Float>, auxiliaryBefore: Block<Float>, gates: Block<Float>, saved: Block<Float>,
        hidden: Block<Float>, auxiliary: Block<Float>, rounded: Block<UInt16>?
    ) {
        self.input = input
        self.identifiers = identifiers
        self.hiddenPart = hiddenPart
        self.bias = bias
        self.hiddenBefore = hiddenBefore
        self.auxiliaryBefore = auxiliaryBefore
        self.gates = gates
        self.saved = saved
        self.hidden = hidden
        self.auxiliary = auxiliary
        self.rounded = rounded
    }
}

/// What a cell reads and writes at one step backward.
package struct BackwardStep {
    /// ∂loss/∂h_t from the layer above, (B, H).
    package var above: Block<Float>
    /// ∂loss/∂h_t from step t+1, (B, H). A cell that passes gradient directly leaves that part for t−1 here.
    package var hiddenGradient: Block<Float>
    /// In: ∂loss/∂(other states at t) from step t+1; out: the same at t−1, (B, auxiliaryCount · H).
    package var auxiliaryGradient: Block<Float>
    /// h_{t−1}, (B, H).
    package var hiddenBefore: Block<Float>
    /// The other states at t−1 and t, (B, auxiliaryCount · H).
    package var auxiliaryBefore: Block<Float>
    package var auxiliary: Block<Float>
    /// What `forward` saved, (B, savedCount · H).
    package var saved: Block<Float>
    /// In: the activated gates; out: the gradient of Wx · x_t, (B, G).
    package var gates: Block<Float>
    /// Out: the same in bfloat16, where products run in it.
    package var rounded: Block<UInt16>?
    /// Out: the gradient of Wh · h_{t−1} where the cell separates it, (B, G).
    package var recurrentGates: Block<Float>
    package var recurrentRounded: Block<UInt16>?
    /// Gains the gradient of the combined bias, (biasCount · H).
    package var biasGradient: Block<Float>
}
