import RunicCells
import RunicKernels

/// A vanilla cell that starts from parameters that are not numbers, so that training diverges at once.
struct BrokenCell: RecurrentCell {
    private let base = VanillaCell()

    var name: String { "broken" }
    var gateNames: [String] { base.gateNames }
    var auxiliaryCount: Int { base.auxiliaryCount }
    var savedCount: Int { base.savedCount }
    var biasCount: Int { base.biasCount }
    var separatesRecurrentGradient: Bool { base.separatesRecurrentGradient }
    var passesGradientDirectly: Bool { base.passesGradientDirectly }

    func combineBiases(input: Block<Float>, hidden: Block<Float>, into bias: Block<Float>) {
        base.combineBiases(input: input, hidden: hidden, into: bias)
    }

    func splitBiasGradient(_ gradient: Block<Float>, input: Block<Float>, hidden: Block<Float>) {
        base.splitBiasGradient(gradient, input: input, hidden: hidden)
    }

    func forward(_ step: ForwardStep) {
        base.forward(step)
        step.hidden.fill(.nan)
    }

    func backward(_ step: BackwardStep) { base.backward(step) }
}
