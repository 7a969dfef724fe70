package import RunicKernels

/// A recurrent cell: its equations, forward and backward, for the element-wise part of one time step.
///
/// The stack makes the two products and hands the cell what they contribute:
///
///     input_t      = Wx · x_t          (B, G), G = gateCount · H; row r, or row identifiers[r] of a table
///     hiddenPart_t = Wh · h_{t−1}      (B, G)
///
/// and, on the way back, multiplies the gate gradients by the same matrices. Biases enter in the cell, as one vector
/// that the cell makes of PyTorch's two. A cell is a stateless value; adding one is a file like `LSTMCell.swift`, or
/// `MinimalGatedCell.swift` where no loop of its own is wanted, and a line in ``CellRegistry``.
///
/// **Late gates.** A cell whose last gates read a mixture, such as r ⊙ h, instead of h itself says how many they are. A
/// step then has two parts: `forwardEarly` makes the other gates and the mixture, and the stack multiplies it by the late
/// gates' rows of Wh before `forward` finishes. On the way back `backward` comes first; the stack takes the late gates'
/// gradient through Wh, and `backwardEarly` gets it as the gradient of the mixture.
package protocol RecurrentCell: Sendable {
    /// The name on the command line and in archives, such as `lstm` or `lstm:peephole`.
    var name: String { get }
    /// Rows of gates per hidden unit, in the order of the parameter tensors.
    var gateNames: [String] { get }
    /// What each gate does, in the order of `gateNames`.
    var gateRoles: [GateRole] { get }
    /// How many of the last gates read what `forwardEarly` mixed in place of h.
    var lateGateCount: Int { get }
    /// How many float32 states a unit has beside h: 1 for an LSTM's c.
    var auxiliaryCount: Int { get }
    /// How many values a unit keeps for the way back beside its gates and states.
    var savedCount: Int { get }
    /// Length of the bias that enters the step, in H.
    var biasCount: Int { get }
    /// The names of further vectors of H that the step needs, such as `peephole_i`, in the order in which it gets them.
    var furtherVectors: [String] { get }
    /// Whether Wh meets another gate gradient than Wx does.
    var separatesRecurrentGradient: Bool { get }
    /// Whether ∂h_t/∂h_{t−1} has a part that passes no matrix, left by `backward` in `hiddenGradient`.
    var passesGradientDirectly: Bool { get }
    /// Whether h stays within [−1, 1].
    var boundsHidden: Bool { get }
    /// Whether h is a function of gates and other states alone, so that it may be projected to another width.
    var canProject: Bool { get }
    /// Whether the units of a row depend on each other within a step, so that they must be made together.
    var needsAllUnits: Bool { get }
    /// Whether the cell has a gate whose bias says how long it remembers.
    var hasMemoryBias: Bool { get }
    /// Which gates are normalised together, where the stack normalises them.
    var normalisationGroups: [Range<Int>] { get }
    /// The same cell in a stack that normalises its layers, where that changes the cell itself.
    var normalised: any RecurrentCell { get }

    /// Makes the bias of the step of `bias_ih` and `bias_hh`, each (G).
    func combineBiases(input: Block<Float>, hidden: Block<Float>, into bias: Block<Float>)
    /// Makes the gradients of `bias_ih` and `bias_hh` of that of the combined bias.
    func splitBiasGradient(_ gradient: Block<Float>, input: Block<Float>, hidden: Block<Float>)
    /// The starting value of `bias_ih`, (G).
    ///
    /// - Parameter memory: how many steps the cell should remember from the start, or nil for its ordinary start.
    func initialInputBias(hiddenSize: Int, memory: Int?, _ generator: inout SplitMix64) -> [Float]
    /// The starting value of the elements of a further vector.
    func initialValue(ofVector name: String) -> Float
    /// The first part of a step forward of a cell with late gates.
    func forwardEarly(_ step: ForwardStep)
    /// One step forward, or what is left of it.
    func forward(_ step: ForwardStep)
    /// One step backward, or the part of the late gates.
    func backward(_ step: BackwardStep)
    /// The rest of a step backward of a cell with late gates.
    func backwardEarly(_ step: BackwardStep)
}

extension RecurrentCell {
    package var gateRoles: [GateRole] { gateNames.map { _ in .other } }
    package var gateCount: Int { gateNames.count }
    package var earlyGateCount: Int { gateCount - lateGateCount }
    /// All vectors of a step, in H.
    package var vectorCount: Int { biasCount + furtherVectors.count }

    package var lateGateCount: Int { 0 }
    package var furtherVectors: [String] { [] }
    package var boundsHidden: Bool { true }
    package var canProject: Bool { false }
    package var needsAllUnits: Bool { false }
    package var hasMemoryBias: Bool { true }
    package var normalisationGroups: [Range<Int>] { [0..<gateCount] }
    package var normalised: any RecurrentCell { self }

    /// b = b_ih + b_hh, for cells whose gates add Wx · x and Wh · h before anything else.
    package func combineBiases(input: Block<Float>, hidden: Block<Float>, into bias: Block<Float>) {
        bias.assign(from: input)
        ElementWise.add(hidden, to: bias)
    }

    package func splitBiasGradient(_ gradient: Block<Float>, input: Block<Float>, hidden: Block<Float>) {
        input.assign(from: gradient)
        hidden.assign(from: gradient)
    }

    package func initialInputBias(hiddenSize: Int, memory: Int?, _ generator: inout SplitMix64) -> [Float] {
        [Float](repeating: 0, count: gateCount * hiddenSize)
    }

    package func initialValue(ofVector name: String) -> Float { 0 }
    package func forwardEarly(_ step: ForwardStep) {}
    package func backwardEarly(_ step: BackwardStep) {}
}

/// Biases that let a gated cell remember for a number of steps from the start (Tallec and Ollivier 2018,
/// arXiv 1804.11188): log(u), u uniform within [1, steps − 1].
package enum ChronoBias {
    package static func values(hiddenSize: Int, memory: Int, _ generator: inout SplitMix64) -> [Float] {
        (0..<hiddenSize).map { _ in logarithm(1 + generator.nextUnit() * Float(max(memory - 2, 0))) }
    }
}
