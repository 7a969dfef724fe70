import RunicCells
import RunicKernels
import RunicModel
import Testing

@Suite struct ModelParametersTests {
    private func configuration(_ cell: String) -> ModelConfiguration {
        ModelConfiguration(cell: cell, vocabularySize: 200, embeddingSize: 30, hiddenSize: 25, layers: 2)
    }

    @Test("the count is that of PyTorch's modules", arguments: [("rnn", 1), ("gru", 3), ("lstm", 4)])
    func counts(cell: String, gates: Int) throws {
        let recurrent = gates * 25 * (30 + 25 + 2) + gates * 25 * (25 + 25 + 2)
        #expect(try ModelParameters.count(configuration(cell)) == 200 * 30 + recurrent + 200 * 25 + 200)
        #expect(try ModelParameters(configuration: configuration(cell)).count == 200 * 30 + recurrent + 200 * 25 + 200)
    }

    @Test("tensors start as documented", arguments: ["rnn", "gru", "lstm"])
    func initialisation(cell: String) throws {
        let parameters = try ModelParameters(configuration: configuration(cell))
        parameters.whole.fill(9)
        parameters.initialise(seed: 4)
        for entry in parameters.layout.entries {
            let values = parameters.blocks[entry.name].array.map { Double($0) }
            let mean = values.reduce(0, +) / Double(values.count)
            let square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
            if entry.name == "embedding.weight" {
                #expect(abs(mean) < 0.07 && abs(square - 1) < 0.1, "\(entry.name)")
            } else if entry.isMatrix {
                // Uniform, with variance 1 over the number of columns.
                let variance = 1 / Double(entry.columns)
                #expect(values.allSatisfy { $0 * $0 <= 3 * variance * 1.0001 }, "\(entry.name)")
                #expect(abs(mean) < 0.15 * variance.squareRoot(), "\(entry.name)")
                #expect(abs(square / variance - 1) < 0.15, "\(entry.name)")
            } else if cell == "lstm" && entry.name.contains("bias_ih") {
                #expect(values == (0..<100).map { (25..<50).contains($0) ? 1 : 0 }, "\(entry.name)")
            } else {
                #expect(values.allSatisfy { $0 == 0 }, "\(entry.name)")
            }
        }
    }

    @Test("the seed fixes the parameters, and a copy has its own memory")
    func seedAndCopy() throws {
        let parameters = try ModelParameters(configuration: configuration("gru"))
        parameters.initialise(seed: 4)
        let copy = parameters.copy()
        #expect(copy.whole.array == parameters.whole.array)
        copy.initialise(seed: 5)
        #expect(copy.whole.array != parameters.whole.array)
        copy.initialise(seed: 4)
        #expect(copy.whole.array == parameters.whole.array)
    }

    @Test("an unknown cell or a size out of range is an error with its name")
    func errors() {
        func message(_ change: (inout ModelConfiguration) -> Void) -> String? {
            var changed = configuration("gru")
            change(&changed)
            return #expect(throws: ModelError.self) { try ModelParameters(configuration: changed) }?.description
        }
        #expect(
            message { $0.cell = "grü" } == "no cell is named grü; there are rnn, lstm, gru, mgu, coupled, peephole")
        #expect(message { $0.vocabularySize = 1 } == "vocabulary size is 1; it must be from 2 to 65536")
        #expect(message { $0.vocabularySize = 65_537 } == "vocabulary size is 65537; it must be from 2 to 65536")
        #expect(message { $0.embeddingSize = 0 } == "embedding size is 0; it must be from 1 to 16384")
        #expect(message { $0.hiddenSize = 16_385 } == "hidden size is 16385; it must be from 1 to 16384")
        #expect(message { $0.layers = 0 } == "layers is 0; it must be from 1 to 64")
    }
}
