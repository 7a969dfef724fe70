import RunicReference
import Testing

/// The reference itself: its gradients against central differences of its loss, all in double precision.
@Suite struct DoubleReferenceTests {
    @Test(
        "the reference's gradients are the central differences of its loss", arguments: ReferenceCell.allCases, [1, 2])
    func centralDifferences(cell: ReferenceCell, layers: Int) {
        var model = ReferenceModel(
            cell: cell, vocabularySize: 5, embeddingSize: 2, hiddenSize: 3, layers: layers, scale: 0.9)
        let (first, second) = (
            ReferenceBatch(texts: [[0, 3, 1, 4, 2], [2, 2, 0, 1, 3]]),
            ReferenceBatch(texts: [[2, 1, 1, 0, 4], [3, 4, 2, 2, 0]])
        )
        let state = model.run(first, from: model.zeroState(rows: 2)).state
        let masks = (0..<layers).map { layer in (0..<24).map { ($0 * 7 + layer) % 4 == 0 ? 0.0 : 4.0 / 3 } }
        for masks in [[], masks] {
            let pass = model.run(second, from: state, masks: masks)
            #expect(pass.loss == model.loss(second, from: state, masks: masks))
            // 1e-5 balances the error of the difference quotient, about h², against rounding, about 1e-16 / h.
            let h = 1e-5
            for (name, _) in model.shapes {
                let values = model.tensors[name] ?? []
                var differences: [Double] = []
                for element in values.indices {
                    model.tensors[name]?[element] = values[element] + h
                    let above = model.loss(second, from: state, masks: masks)
                    model.tensors[name]?[element] = values[element] - h
                    differences.append((above - model.loss(second, from: state, masks: masks)) / (2 * h))
                    model.tensors[name]?[element] = values[element]
                }
                let error = relativeError(pass.gradients[name] ?? [], differences)
                #expect(error <= 1e-7, "\(name): \(error)")
            }
        }
    }

    @Test("a text in two halves with the state carried is the text as a whole", arguments: ReferenceCell.allCases)
    func carriedState(cell: ReferenceCell) {
        let model = ReferenceModel(cell: cell, vocabularySize: 7, embeddingSize: 3, hiddenSize: 4, layers: 2)
        let text = [1, 5, 2, 6, 0, 3, 3, 4, 1]
        let whole = model.run(ReferenceBatch(texts: [text]), from: model.zeroState(rows: 1))
        let left = model.run(ReferenceBatch(texts: [Array(text[0...3])]), from: model.zeroState(rows: 1))
        let right = model.run(ReferenceBatch(texts: [Array(text[3...8])]), from: left.state)
        #expect(abs((left.loss * 3 + right.loss * 5) / 8 - whole.loss) < 1e-14)
        #expect(abs(model.nats(text).reduce(0, +) / 8 - whole.loss) < 1e-14)
        #expect(relativeError(right.state.hidden.flatMap { $0 }, whole.state.hidden.flatMap { $0 }) < 1e-14)
    }
}
