import RunicReference
import Testing

@Suite struct ReferenceCellTests {
    @Test(
        "an unknown cell, or options that exclude each other, have no reference",
        arguments: [
            "", "LSTM", "rnn:", "rnn:tanh", "gru:relu", "mgu:coupled", "lstm:", "lstm:peephole-", "lstm:peephole-ii",
            "lstm:peephole-g", "lstm:coupled+coupled", "lstm:coupled+no-input-gate", "lstm:coupled+no-forget-gate",
            "lstm:peephole-i+peephole-o", "peephole:coupled", "lstm:coupled+",
        ])
    func refused(name: String) {
        #expect(ReferenceCell(rawValue: name) == nil)
    }

    @Test("a missing gate has no rows and no peephole")
    func missingGates() {
        func tensors(_ cell: ReferenceCell) -> [String: [Int]] {
            let specification = ReferenceSpecification(
                cell: cell, vocabularySize: 7, embeddingSize: 3, hiddenSize: 5, layers: 1)
            return Dictionary(uniqueKeysWithValues: specification.shapes.map { ($0.name, $0.shape) })
        }
        #expect(tensors("lstm:peephole")["rnn.weight_ih_l0"] == [20, 3])
        #expect(tensors("lstm:peephole") == tensors("peephole"))
        #expect(tensors("lstm:peephole") == tensors("lstm:peephole-ifo"))
        let coupled = tensors("lstm:peephole+coupled")
        #expect(coupled["rnn.weight_hh_l0"] == [15, 5])
        #expect(coupled["rnn.peephole_i_l0"] == nil)
        #expect(coupled["rnn.peephole_f_l0"] == [5] && coupled["rnn.peephole_o_l0"] == [5])
        #expect(tensors("lstm:no-input-gate+no-forget-gate+no-output-gate")["rnn.bias_ih_l0"] == [5])
    }
}
