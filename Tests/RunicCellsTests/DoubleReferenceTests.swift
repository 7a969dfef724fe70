import RunicReference
import Testing

/// The reference itself: its gradients against central differences of its objective, all in double precision.
@Suite struct DoubleReferenceTests {
    /// Elements k, k + 8, k + 16, … of a tensor are moved together, by different lengths: all of them are checked, and
    /// no tensor costs more than 16 passes.
    private static let groups = 8

    private func length(_ element: Int) -> Double { 0.4 * Double(element % 5) - 0.6 }

    @Test(
        "the reference's gradients are the central differences of its objective",
        arguments: ReferenceCase.cells + ReferenceCase.alone + ReferenceCase.together)
    func centralDifferences(reference: ReferenceCase) {
        var model = ReferenceModel(reference.specification, scale: 0.9)
        let (batch, noise, objective) = (reference.second, reference.noise, reference.objective)
        let state = model.run(reference.first, from: model.initialState(rows: 2), noise: noise).state
        let pass = model.run(batch, from: state, noise: noise, objective: objective)
        #expect(pass.loss == model.loss(batch, from: state, noise: noise))
        #expect(Set(pass.gradients.keys) == Set(model.shapes.map(\.name)))
        // 1e-5 balances the error of the difference quotient, about h², against rounding, about 1e-16 / h.
        let h = 1e-5
        for (name, shape) in model.shapes {
            let (values, gradient) = (model.tensors[name] ?? [], pass.gradients[name] ?? [])
            #expect(values.count == shape.reduce(1, *) && gradient.count == values.count)
            var (differences, found): ([Double], [Double]) = ([], [])
            for group in 0..<min(Self.groups, values.count) {
                let members = stride(from: group, to: values.count, by: Self.groups)
                for element in members { model.tensors[name]?[element] = values[element] + h * length(element) }
                let above = model.objective(batch, from: state, noise: noise, objective: objective)
                for element in members { model.tensors[name]?[element] = values[element] - h * length(element) }
                let below = model.objective(batch, from: state, noise: noise, objective: objective)
                model.tensors[name] = values
                differences.append((above - below) / (2 * h))
                found.append(members.reduce(0) { $0 + length($1) * gradient[$1] })
            }
            #expect(differences.contains { abs($0) > 1e-5 }, "nothing depends on \(name)")
            let error = relativeError(found, differences)
            #expect(error <= 2e-7, "\(name): \(error)")
        }
    }

    private func model(_ cell: ReferenceCell) -> ReferenceModel {
        ReferenceModel(
            ReferenceSpecification(
                cell: cell, vocabularySize: 7, embeddingSize: 3, hiddenSize: 5, layers: 2, learnsInitialState: true),
            scale: 0.9)
    }

    @Test(
        "a text in two halves with the state carried is the text as a whole",
        arguments: ReferenceCell.plain + ReferenceCell.variants)
    func carriedState(cell: ReferenceCell) {
        let model = model(cell)
        let text = [1, 5, 2, 6, 0, 3, 3, 4, 1]
        let whole = model.run(ReferenceBatch(texts: [text]), from: model.initialState(rows: 1))
        let left = model.run(ReferenceBatch(texts: [Array(text[0...3])]), from: model.initialState(rows: 1))
        let right = model.run(ReferenceBatch(texts: [Array(text[3...8])]), from: left.state)
        #expect(abs((left.loss * 3 + right.loss * 5) / 8 - whole.loss) < 1e-14)
        #expect(abs(model.nats(text).reduce(0, +) / 8 - whole.loss) < 1e-14)
        #expect(relativeError(right.state.hidden.flatMap { $0 }, whole.state.hidden.flatMap { $0 }) < 1e-14)
    }

    @Test(
        "a reset in the middle is two texts, each from the start",
        arguments: ReferenceCell.plain + ReferenceCell.variants)
    func resets(cell: ReferenceCell) {
        let model = model(cell)
        let text = [1, 5, 2, 6, 0, 3, 3, 4, 1]
        let forgetting = ReferenceBatch(texts: [text], resets: (0..<8).map { $0 == 3 })
        let whole = model.run(forgetting, from: model.initialState(rows: 1))
        let parts = model.nats(Array(text[0...3])) + model.nats(Array(text[3...8]))
        #expect(abs(parts.reduce(0, +) / 8 - whole.loss) < 1e-14)
        #expect(abs(whole.loss - model.nats(text).reduce(0, +) / 8) > 1e-6)
    }

    @Test("with zoneout of every unit, the state does not change", arguments: ReferenceCell.plain + ["lstm:coupled"])
    func zoneout(cell: ReferenceCell) {
        let model = model(cell)
        let batch = ReferenceBatch(texts: [[1, 5, 2, 6]])
        let noise = ReferenceNoise.evaluation(
            zoneoutHidden: 1, zoneoutCell: 1, of: model.specification, positions: batch.positions)
        let state = model.initialState(rows: 1)
        let pass = model.run(batch, from: state, noise: noise)
        #expect(pass.state.hidden == state.hidden && pass.state.cell == state.cell)
        #expect(pass.output == (0..<3).flatMap { _ in state.hidden[1] })
    }
}
