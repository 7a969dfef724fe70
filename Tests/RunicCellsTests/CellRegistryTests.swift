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

    @Test(
        "options that are unknown, repeated or contradict each other are errors that name them",
        arguments: [
            ("lstm:peep", "the cell lstm has no option \"peep\""), ("lstm:", "the cell lstm has no option \"\""),
            ("lstm:peephole-ii", "no option \"peephole-ii\""), ("gru:relu", "the cell gru has no option \"relu\""),
            ("mgu:relu", "the cell mgu has no option \"relu\"; there are: none"),
            ("lstm:coupled+coupled", "has the option \"coupled\" twice"), ("rnn:relu+relu", "\"relu\" twice"),
            ("lstm:peephole-i+peephole-o", "\"peephole-o\" twice"),
            ("lstm:coupled+no-input-gate", "cannot be both coupled and no-input-gate"),
            ("lstm:coupled+no-forget-gate", "cannot be both coupled and no-forget-gate"),
            ("lstm:peephole-o+no-output-gate", "cannot be both peephole-o and no-output-gate"),
        ])
    func options(specification: String, reason: String) {
        let error = #expect(throws: CellError.self) { try CellRegistry().cell(named: specification) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test(
        "a specification is found again by the name of its cell",
        arguments: [
            "rnn:relu", "lstm:peephole", "lstm:peephole-fo", "lstm:peephole+coupled", "gru:reset-before", "mgu",
            "lstm:no-input-gate+no-output-gate+linear-input+linear-output",
        ])
    func names(specification: String) throws {
        #expect(try CellRegistry().cell(named: specification).name == specification)
    }
}
