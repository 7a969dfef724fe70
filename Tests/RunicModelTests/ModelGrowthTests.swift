import Foundation
import RunicCells
import RunicKernels
import RunicModel
import RunicReference
import Testing

/// A model whose vocabulary grows predicts the old symbols as before.
@Suite struct ModelGrowthTests {
    private let base: ModelParameters

    init() throws {
        let sizes = EngineCase(.lstm, L: 2, V: 13, D: 5, H: 7, B: 1, T: 1)
        base = try EngineCase.parameters(sizes.reference, sizes.configuration)
    }

    private let text = (0..<60).map { ($0 * $0 * 7 + $0 / 3) % 12 }

    private func probabilities(_ logits: [Float]) -> [Double] {
        let powers = logits.map { exp(Double($0)) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }

    /// The probabilities of every step of the text.
    private func steps(_ parameters: ModelParameters) throws -> [[Double]] {
        let model = try InferenceModel(parameters: parameters)
        var state = model.start()
        return text.map { symbol in
            model.read(symbol, into: &state)
            return probabilities(state.logits)
        }
    }

    @Test(
        "with an unknown symbol, old symbols are as likely as before, and new ones share its probability",
        arguments: [0, 1, 5])
    func unknown(added: Int) throws {
        let grown = try ModelParameters(growing: base, vocabularySize: 13 + added, unknown: 12)
        for (before, after) in zip(try steps(base), try steps(grown)) {
            #expect(after.count == 13 + added)
            for symbol in 0..<12 { #expect(abs(after[symbol] - before[symbol]) < 1e-6 * before[symbol] + 1e-9) }
            let share = before[12] / Double(added + 1)
            for symbol in 12..<after.count { #expect(abs(after[symbol] - share) < 1e-5 * share) }
        }
    }

    @Test(
        "without an unknown symbol, new symbols take the probability of the mean row, and old ones keep their proportions",
        arguments: [0, 1, 5])
    func noUnknown(added: Int) throws {
        let grown = try ModelParameters(growing: base, vocabularySize: 13 + added, unknown: nil)
        for (before, after) in zip(try steps(base), try steps(grown)) {
            let taken = after[13...].reduce(0, +)
            // The mean of the logits is the logarithm of the geometric mean, the arithmetic one's lower neighbour.
            let geometric = exp(before.map { log($0) }.reduce(0, +) / 13)
            #expect(abs(taken / (1 - taken) - (added > 0 ? geometric : 0)) < 1e-5)
            #expect(taken <= 1 / 14.0 + 1e-6)
            for symbol in 0..<13 { #expect(abs(after[symbol] / (1 - taken) - before[symbol]) < 1e-6) }
        }
        // A new symbol is read as the mean of all.
        for column in 0..<5 {
            let mean = (0..<13).reduce(0.0) { $0 + Double(base.blocks["embedding.weight"][$1, column]) / 13 }
            for row in 13..<(13 + added) {
                #expect(abs(Double(grown.blocks["embedding.weight"][row, column]) - mean) < 1e-6)
            }
        }
    }

    @Test("reading a new symbol is reading the unknown one")
    func reading() throws {
        let grown = try ModelParameters(growing: base, vocabularySize: 16, unknown: 12)
        let (old, new) = (try InferenceModel(parameters: base), try InferenceModel(parameters: grown))
        var expected = old.start()
        old.read(12, into: &expected)
        for symbol in 12..<16 {
            var state = new.start()
            new.read(symbol, into: &state)
            for (one, other) in zip(state.logits.prefix(12), expected.logits) { #expect(abs(one - other) < 1e-6) }
        }
    }

    @Test("a model of a cell that only its own registry knows grows with that cell")
    func registeredCell() throws {
        var cells = CellRegistry()
        cells.register("own", options: []) { _ in GRUCell() }
        var configuration = base.configuration
        configuration.cell = "own"
        let own = try ModelParameters(configuration: configuration, cells: cells)
        own.initialise(seed: 3)
        let grown = try ModelParameters(growing: own, vocabularySize: 16, unknown: 12)
        #expect(grown.configuration.cell == "own" && grown.configuration.vocabularySize == 16)
        #expect(grown.shape.cell.gateNames == GRUCell().gateNames)
        #expect(grown.blocks["rnn.weight_hh_l0"].array == own.blocks["rnn.weight_hh_l0"].array)
    }
}
