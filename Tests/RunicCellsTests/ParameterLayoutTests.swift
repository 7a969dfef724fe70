import RunicCells
import Testing

@Suite struct ParameterLayoutTests {
    @Test("tensors start on cache lines, in order, without overlap")
    func alignment() {
        var layout = ParameterLayout()
        layout.append("a", [3, 5])
        layout.append("b", [16])
        layout.append("c", [1])
        layout.append("d", [2, 9])
        #expect(layout.entries.map(\.offset) == [0, 16, 32, 48])
        #expect(layout.length == 80)
        #expect(layout.parameterCount == 15 + 16 + 1 + 18)
        #expect(layout.entries.map(\.isMatrix) == [true, false, false, true])
        #expect(layout.entry("d").range == 48..<66)
        #expect(layout.entry("b").rows == 1 && layout.entry("b").columns == 16)
    }

    @Test("a stack has PyTorch's four tensors a layer", arguments: [("rnn", 1), ("gru", 3), ("lstm", 4)])
    func names(cell: String, gates: Int) throws {
        let shape = StackShape(
            cell: try CellRegistry().cell(named: cell), layers: 2, inputSize: 5, hiddenSize: 7)
        var layout = ParameterLayout()
        shape.appendParameters(to: &layout)
        #expect(
            layout.entries.map(\.name) == [
                "rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0",
                "rnn.weight_ih_l1", "rnn.weight_hh_l1", "rnn.bias_ih_l1", "rnn.bias_hh_l1",
            ])
        let G = gates * 7
        #expect(layout.entries.map(\.shape) == [[G, 5], [G, 7], [G], [G], [G, 7], [G, 7], [G], [G]])
    }
}
