import RunicKernels
import RunicModel
import RunicReference
import RunicSymbols
import Testing

@Suite struct SequenceScorerTests {
    private func text(_ count: Int) -> [Int] { (0..<count).map { ($0 * $0 * 7 + $0 / 3) % 13 } }

    private func model(_ cell: ReferenceCell) throws -> (ReferenceModel, ModelParameters) {
        let sizes = EngineCase(cell, L: 2, V: 13, D: 5, H: 7, B: 1, T: 1)
        return (sizes.reference, try EngineCase.parameters(sizes.reference, sizes.configuration))
    }

    /// Nothing, one symbol, one prediction, exactly one pass, one more, exactly two passes, and a remainder.
    @Test(
        "one stream gives the sum of the reference", arguments: ReferenceCell.plain,
        [0, 1, 2, 3, 16, 17, 18, 33, 34, 75])
    func oneStream(cell: ReferenceCell, length: Int) throws {
        let (reference, parameters) = try model(cell)
        let text = text(length)
        let scorer = try SequenceScorer(
            parameters: parameters, streams: 1, time: 16, pool: WorkerPool(workerCount: 1))
        let (nats, count) = scorer.score(SymbolSequence(text.map { UInt16($0) }))
        let expected = reference.nats(text).reduce(0, +)
        #expect(count == max(length - 1, 0))
        #expect(abs(nats - expected) <= 2e-6 * expected, "\(nats) for \(expected)")
    }

    @Test("a slice of a text is scored like a whole text")
    func slice() throws {
        let (_, parameters) = try model(.gru)
        let whole = text(90).map { UInt16($0) }
        let scorer = try SequenceScorer(
            parameters: parameters, streams: 1, time: 16, pool: WorkerPool(workerCount: 1))
        #expect(scorer.score(SymbolSequence(whole)[20..<70]) == scorer.score(SymbolSequence(whole[20..<70])))
    }

    /// 256 symbols of warm-up leave nothing of the missing past in these models: the sums agree to float32's digits.
    @Test("several streams give nearly the same", arguments: ReferenceCell.plain, [2, 3, 17])
    func severalStreams(cell: ReferenceCell, streams: Int) throws {
        let (_, parameters) = try model(cell)
        let pool = WorkerPool(workerCount: 2)
        let one = try SequenceScorer(parameters: parameters, streams: 1, time: 64, pool: pool)
        let several = try SequenceScorer(parameters: parameters, streams: streams, time: 48, pool: pool)
        for length in [2, 5, 18, 300, 1_201] {
            let text = text(length).map { UInt16($0) }
            let (expected, count) = one.score(SymbolSequence(text))
            let found = several.score(SymbolSequence(text))
            #expect(found.count == count)
            #expect(abs(found.nats - expected) <= 1e-5 * expected, "\(length) symbols: \(found.nats) for \(expected)")
        }
    }

    @Test("scoring again gives the same, and so do other threads", arguments: [1, 5])
    func again(streams: Int) throws {
        let (_, parameters) = try model(.lstm)
        let text = text(400).map { UInt16($0) }
        var sums: [Double] = []
        for workers in [1, 3] {
            let scorer = try SequenceScorer(
                parameters: parameters, streams: streams, time: 32, pool: WorkerPool(workerCount: workers))
            sums += [scorer.score(SymbolSequence(text)).nats]
            _ = scorer.score(SymbolSequence(text)[10..<99])
            sums += [scorer.score(SymbolSequence(text)).nats]
        }
        #expect(Set(sums).count == 1, "\(sums)")
    }

    @Test("a scorer follows the parameters")
    func following() throws {
        let (_, parameters) = try model(.rnn)
        let scorer = try SequenceScorer(parameters: parameters, pool: WorkerPool(workerCount: 1))
        let text = text(50).map { UInt16($0) }
        let before = scorer.score(SymbolSequence(text)).nats
        parameters.whole.fill(0)
        let (nats, count) = scorer.score(SymbolSequence(text))
        #expect(nats != before)
        // Without any preference every symbol costs log 13.
        #expect(abs(nats / Double(count) - 2.5649493574615367) < 1e-6)
    }
}
