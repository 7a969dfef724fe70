package import RunicKernels

/// A recurrent cell: its equations, forward and backward, for the element-wise part of one time step.
///
/// The stack computes the two products and passes them to the cell:
///
///     input_t      = Wx · x_t          (B, G), G = gateCount · H; row r, or row identifiers[r] of a table
///     hiddenTerm_t = Wh · h_{t−1}      (B, G)
///
/// In the backward pass it multiplies the gate gradients by the same matrices. The cell adds the biases, as one vector
/// that it combines from PyTorch's two.
///
/// A cell is a stateless value. A cell made of ``GateKernels`` is one file, such as `MinimalGatedCell.swift`, and a line in
/// ``CellRegistry``. A cell with its own loops, such as `LSTMCell.swift`, also needs them in C (CRunicKernels) and their
/// Swift entry in ``CellKernels``.
///
/// **Late gates** are gates whose recurrent input is a mixture such as r ⊙ h instead of h; they come last. A step then has
/// two halves: `forwardEarly` computes the early gates and the mixture, the stack multiplies the mixture by the late gates'
/// rows of Wh, and `forward` finishes. The backward pass starts with `backward`; the stack propagates the late gates'
/// gradient through Wh, and `backwardEarly` receives it as the gradient of the mixture.
package protocol RecurrentCell: Sendable {
    /// The name on the command line and in archives, such as `lstm` or `lstm:peephole`.
    var name: String { get }
    /// The gates, in the order of the parameter tensors.
    var gateNames: [String] { get }
    /// What each gate does, in the order of `gateNames`.
    var gateRoles: [GateRole] { get }
    /// How many gates, counted from the last, read the mixture instead of h.
    var lateGateCount: Int { get }
    /// The number of float32 states of a unit in addition to h: 1 for an LSTM's c.
    var auxiliaryCount: Int { get }
    /// The number of values that a unit saves for the backward pass, in addition to gates and states.
    var savedCount: Int { get }
    /// The length of the combined bias, in units of H.
    var biasCount: Int { get }
    /// The names of further vectors of H that the step needs, such as `peephole_i`, in the order of ``ForwardStep/vectors``.
    var furtherVectors: [String] { get }
    /// Whether the gate gradient of Wh differs from that of Wx.
    var separatesRecurrentGradient: Bool { get }
    /// Whether ∂h_t/∂h_{t−1} has a term that passes no matrix; `backward` leaves it in `hiddenGradient`.
    var passesGradientDirectly: Bool { get }
    /// Whether h stays within [−1, 1].
    var boundsHidden: Bool { get }
    /// Whether h depends only on gates and other states, so that it can be projected to another width.
    var canProject: Bool { get }
    /// Whether the units of a row depend on each other within a step, so that they must be computed together.
    var needsAllUnits: Bool { get }
    /// Whether the cell has a gate whose bias can be set by chrono initialisation.
    var hasChronoBias: Bool { get }
    /// The gates that layer normalisation treats as one group.
    var normalisationGroups: [Range<Int>] { get }
    /// The cell as it is in a stack with some options, such as layer normalisation; nil if it cannot have them. Most cells do
    /// not change.
    func adapted(to options: LayerOptions) -> (any RecurrentCell)?

    /// Combines `bias_ih` and `bias_hh`, each (G), into the bias of the step.
    func combineBiases(input: Block<Float>, hidden: Block<Float>, into bias: Block<Float>)
    /// Splits the gradient of the combined bias into those of `bias_ih` and `bias_hh`.
    func splitBiasGradient(_ gradient: Block<Float>, input: Block<Float>, hidden: Block<Float>)
    /// The initial value of `bias_ih`, (G).
    ///
    /// - Parameter rememberedSteps: the time scale of chrono initialisation, in steps; nil for the cell's default biases.
    func initialInputBias(hiddenSize: Int, rememberedSteps: Int?, _ generator: inout SplitMix64) -> [Float]
    /// The initial value of the elements of a further vector.
    func initialValue(ofVector name: String) -> Float
    /// The first half of a step forward, only for cells with late gates: early gates and mixture.
    func forwardEarly(_ step: ForwardStep)
    /// One step forward; with late gates, its second half.
    func forward(_ step: ForwardStep)
    /// One step backward; with late gates, its first half.
    func backward(_ step: BackwardStep)
    /// The second half of a step backward, only for cells with late gates: mixture and early gates.
    func backwardEarly(_ step: BackwardStep)
}

extension RecurrentCell {
    package var gateRoles: [GateRole] { gateNames.map { _ in .other } }
    package var gateCount: Int { gateNames.count }
    package var earlyGateCount: Int { gateCount - lateGateCount }
    /// The length of all vectors of a step, in units of H.
    package var vectorCount: Int { biasCount + furtherVectors.count }

    package var lateGateCount: Int { 0 }
    package var furtherVectors: [String] { [] }
    package var boundsHidden: Bool { true }
    package var canProject: Bool { false }
    package var needsAllUnits: Bool { false }
    package var hasChronoBias: Bool { true }
    package var normalisationGroups: [Range<Int>] { [0..<gateCount] }
    package func adapted(to options: LayerOptions) -> (any RecurrentCell)? { options.changesCell ? nil : self }

    /// b = b_ih + b_hh, for cells whose gates start from Wx · x + Wh · h.
    package func combineBiases(input: Block<Float>, hidden: Block<Float>, into bias: Block<Float>) {
        bias.assign(from: input)
        ElementWise.add(hidden, to: bias)
    }

    package func splitBiasGradient(_ gradient: Block<Float>, input: Block<Float>, hidden: Block<Float>) {
        input.assign(from: gradient)
        hidden.assign(from: gradient)
    }

    package func initialInputBias(hiddenSize: Int, rememberedSteps: Int?, _ generator: inout SplitMix64) -> [Float] {
        [Float](repeating: 0, count: gateCount * hiddenSize)
    }

    package func initialValue(ofVector name: String) -> Float { 0 }
    package func forwardEarly(_ step: ForwardStep) {}
    package func backwardEarly(_ step: BackwardStep) {}
}

/// Chrono initialisation: biases with which a gated cell remembers for a number of steps before any training (Tallec and
/// Ollivier 2018, arXiv 1804.11188). They are log(u), u uniform within [1, steps − 1].
package enum ChronoBias {
    package static func values(hiddenSize: Int, rememberedSteps: Int, _ generator: inout SplitMix64) -> [Float] {
        (0..<hiddenSize).map { _ in logarithm(1 + generator.nextUnit() * Float(max(rememberedSteps - 2, 0))) }
    }
}
