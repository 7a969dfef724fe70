import RunicCells
import RunicKernels
import Testing

@Suite struct CellRegistryTests {
    @Test("the built-in cells are found by name")
    func builtIn() throws {
        let registry = CellRegistry()
        #expect(registry.names == ["rnn", "lstm", "gru", "mgu"])
        #expect(try registry.cell(named: "gru").gateNames == ["r", "z", "n"])
        #expect(try registry.cell(named: "lstm").gateNames == ["i", "f", "g", "o"])
    }

    @Test("an unknown name is an error that lists the known ones")
    func unknown() {
        let error = #expect(throws: CellError.self) { try CellRegistry().cell(named: "lstn") }
        #expect(error?.description == "no cell is named lstn; there are rnn, lstm, gru, mgu, coupled, peephole")
    }

    @Test("a cell that is registered again takes the place of the earlier one")
    func again() {
        var registry = CellRegistry()
        registry.register(VanillaCell())
        #expect(registry.names == ["lstm", "gru", "mgu", "rnn"])
    }
}
