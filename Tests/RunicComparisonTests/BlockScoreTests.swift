import Foundation
import RunicKernels
import RunicModel
import RunicSymbols
import Testing

struct BlockScoreTests {
    private let parameters: ModelParameters
    private let text: [UInt16]

    init() throws {
        parameters = try ModelParameters(
            configuration: ModelConfiguration(
                cell: "gru", vocabularySize: 7, embeddingSize: 5, hiddenSize: 6, layers: 2))
        parameters.initialise(seed: 3)
        // Larger weights, so that what a stream read before matters.
        parameters.whole.assign(from: parameters.whole.array.map { $0 * 3 })
        text = (0..<1_201).map { UInt16(($0 * $0 / 3 + $0) % 7) }
    }

    /// −log p of every symbol but the first, by single steps and a softmax in Double.
    private func losses() throws -> [Double] {
        let model = try InferenceModel(parameters: parameters)
        var state = model.start()
        return zip(text, text.dropFirst()).map { symbol, next in
            model.read(Int(symbol), into: &state)
            let logits = state.logits.map(Double.init)
            return log(logits.reduce(0) { $0 + exp($1) }) - logits[Int(next)]
        }
    }

    @Test("The loss of each block is that of its symbols, read one by one", arguments: [1, 7, 40])
    func blocks(count: Int) throws {
        let scorer = try SequenceScorer(parameters: parameters, streams: 1, time: 50, pool: WorkerPool(workerCount: 1))
        let scored = scorer.score(SymbolSequence(text), blocks: count)
        let losses = try losses()
        #expect(scored.count == count)
        var start = 0
        for block in scored {
            #expect(block.count == 1_200 / count || block.count == 1_200 / count + 1)
            let expected = losses[start..<(start + block.count)].reduce(0, +)
            #expect(abs(block.nats - expected) < 1e-4 * expected)
            start += block.count
        }
        #expect(start == 1_200)
    }

    @Test("Blocks of several streams add up to the whole score")
    func streams() throws {
        let scorer = try SequenceScorer(parameters: parameters, streams: 9, time: 32, pool: WorkerPool(workerCount: 2))
        let whole = scorer.score(SymbolSequence(text))
        let scored = scorer.score(SymbolSequence(text), blocks: 11)
        #expect(scored.reduce(0) { $0 + $1.count } == 1_200 && whole.count == 1_200)
        #expect(abs(scored.reduce(0) { $0 + $1.nats } - whole.nats) < 1e-5 * whole.nats)
        let one = try losses().reduce(0, +)
        #expect(abs(whole.nats - one) < 1e-5 * one)
    }

    @Test("A text of three symbols has two blocks at most, one of one symbol none")
    func short() throws {
        let scorer = try SequenceScorer(parameters: parameters, pool: WorkerPool(workerCount: 1))
        #expect(scorer.score(SymbolSequence(text)[..<3], blocks: 10).map(\.count) == [1, 1])
        #expect(scorer.score(SymbolSequence(text)[..<1], blocks: 10).isEmpty)
        #expect(scorer.score(SymbolSequence(text)[..<0]).count == 0)
    }
}
