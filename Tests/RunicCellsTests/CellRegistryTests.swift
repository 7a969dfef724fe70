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
    func unknown() throws {
        let error = #expect(throws: CellError.self) { try CellRegistry().cell(named: "lstn") }
        let text = try #require(error?.description)
        #expect(text.hasPrefix("no cell is named lstn; there are rnn[:relu], lstm[:peephole,"))
        #expect(text.hasSuffix("mgu, coupled, peephole"))
    }

    @Test("a cell that is registered again takes the place of the earlier one")
    func again() {
        var registry = CellRegistry()
        registry.register(VanillaCell())
        #expect(registry.names == ["lstm", "gru", "mgu", "rnn"])
    }
}
