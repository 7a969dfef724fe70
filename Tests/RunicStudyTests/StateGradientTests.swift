import Foundation
import RunicCells
import RunicKernels
import RunicModel
import RunicReference
import Testing

@testable import RunicStudy

@Suite("How much of a state is left")
struct StateGradientTests {
    private static let (lead, steps) = (3, 9)
    private static let text = (0..<(lead + steps)).map { ($0 * $0 + 2) % 6 }

    private func reference(_ cell: ReferenceCell, layers: Int) -> ReferenceModel {
        ReferenceModel(
            ReferenceSpecification(cell: cell, vocabularySize: 6, embeddingSize: 5, hiddenSize: 7, layers: layers))
    }

    /// ‖∂(h or c)_T / ∂(h or c)_{T−k}‖ / √H of the last layer, by central differences in double precision.
    private func norm(
        _ model: ReferenceModel, of: WritableKeyPath<ReferenceState, [[Double]]>,
        by: WritableKeyPath<ReferenceState, [[Double]]>, k: Int
    ) -> Double {
        let top = model.specification.layers - 1
        let cut = Self.text.count - k
        // A batch predicts one symbol more than it reads; which is the same to the states.
        let before = model.run(ReferenceBatch(texts: [Self.text[..<cut] + [0]]), from: model.initialState(rows: 1))
            .state
        let rest = ReferenceBatch(texts: [Self.text[cut...] + [0]])
        var sum = 0.0
        for unit in 0..<7 {
            func moved(_ distance: Double) -> [Double] {
                var state = before
                state[keyPath: by][top][unit] += distance
                return model.run(rest, from: state).state[keyPath: of][top]
            }
            sum += zip(moved(1e-5), moved(-1e-5)).reduce(0) { $0 + pow(($1.0 - $1.1) / 2e-5, 2) }
        }
        return (sum / 7).squareRoot()
    }

    @Test(
        "Norms are those of Jacobians by central differences of the reference",
        arguments: ["rnn", "lstm", "gru", "mgu", "gru:reset-before", "lstm:peephole", "lstm:coupled"], [1, 2])
    func jacobian(name: String, layers: Int) throws {
        let cell = try #require(ReferenceCell(rawValue: name))
        let reference = reference(cell, layers: layers)
        let parameters = try ModelParameters(
            configuration: ModelConfiguration(
                cell: name, vocabularySize: 6, embeddingSize: 5, hiddenSize: 7, layers: layers))
        for entry in parameters.layout.entries {
            parameters.blocks[entry.name].assign(from: try #require(reference.tensors[entry.name]).map { Float($0) })
        }
        let found = try StateGradient(
            of: parameters, symbols: Self.text, steps: Self.steps, pool: WorkerPool(workerCount: 2))
        #expect(found.hidden.count == Self.steps)
        #expect((found.cell != nil) == cell.hasCellState && (found.hiddenByCell != nil) == cell.hasCellState)
        for k in 1...Self.steps {
            func check(
                _ values: [Double]?, _ of: WritableKeyPath<ReferenceState, [[Double]]>,
                _ by: WritableKeyPath<ReferenceState, [[Double]]>
            ) throws {
                guard let values else { return }
                let expected = norm(reference, of: of, by: by, k: k)
                #expect(abs(values[k - 1] - expected) < 1e-4 * expected + 1e-9, "k = \(k)")
            }
            try check(found.hidden, \.hidden, \.hidden)
            try check(found.hiddenByCell, \.hidden, \.cell)
            try check(found.cell, \.cell, \.cell)
        }
    }

    @Test("Few directions are all unit vectors, many are some orthonormal ones")
    func directions() {
        #expect(ProbeDirections(size: 3, seed: 1).rows == [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
        let some = ProbeDirections(size: 200, seed: 1).rows
        #expect(some.count == 64)
        for (index, row) in some.enumerated() {
            for (other, column) in some.enumerated() {
                let product = zip(row, column).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(product - (index == other ? 1 : 0)) < 1e-5)
            }
        }
        #expect(ProbeDirections(size: 200, seed: 2).rows != some)
    }

    @Test("A wide state's estimate is near the norm of all directions")
    func estimate() throws {
        // A GRU whose update gates are open keeps z ⊙ h: the norm is that of σ of their biases, and nothing else.
        let parameters = try ModelParameters(
            configuration: ModelConfiguration(
                cell: "gru", vocabularySize: 4, embeddingSize: 3, hiddenSize: 200, layers: 1))
        let biases = (0..<200).map { Float($0 % 5) - 1 }
        parameters.blocks["rnn.bias_ih_l0"].columns(200..<400).assign(from: biases)
        let found = try StateGradient(
            of: parameters, symbols: [0, 1, 2, 3, 1, 2], steps: 4, pool: WorkerPool(workerCount: 1))
        for k in 1...4 {
            let kept = biases.map { pow(1 / (1 + exp(-Double($0))), Double(2 * k)) }
            let expected = (kept.reduce(0, +) / 200).squareRoot()
            #expect(abs(found.hidden[k - 1] / expected - 1) < 0.1, "k = \(k)")
        }
    }

    @Test("A norm that float32 cannot hold ends its series, and the reach is reported")
    func reach() throws {
        var settings = GradientSettings()
        (settings.cells, settings.hidden, settings.steps, settings.gain) = (["rnn"], 32, 600, 5)
        let report = try GradientStudy(settings).run()
        #expect(report.series.map(\.note) == ["as it starts", "recurrent weights × 5.0"])
        let grown = report.series[1].gradient.hidden
        #expect(grown.count < 600 && grown.last.map { $0 > 1e15 && $0.isFinite } == true)
        var gradient = StateGradient()
        gradient.hidden = [1, 0.1, 0.01, 0.2]
        #expect(gradient.reach(above: 0.05) == 2 && gradient.reach(above: 2) == 0 && gradient.reach(above: 1e-3) == 4)
    }

    @Test("A vanilla RNN forgets within tens of steps; a GRU that is to remember does not")
    func vanishing() throws {
        var settings = GradientSettings()
        (settings.cells, settings.hidden, settings.steps) = (["rnn", "lstm", "gru"], 32, 200)
        let report = try GradientStudy(settings).run()
        #expect(
            report.series.map { "\($0.cell) \($0.note)" } == [
                "rnn as it starts", "rnn recurrent weights × 3.0", "lstm as it starts", "lstm remembering 200 steps",
                "gru as it starts", "gru remembering 200 steps",
            ])
        let reaches = report.series.map { $0.gradient.reach(above: 1e-6) }
        #expect(reaches[0] < 100 && reaches[3] == 200 && reaches[5] == 200)
        #expect(try #require(report.series[3].gradient.cell)[199] > 0.01)
    }
}
