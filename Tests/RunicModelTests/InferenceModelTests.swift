import Foundation
import RunicKernels
import RunicModel
import RunicReference
import RunicSymbols
import Testing

/// Reading symbol by symbol, against the reference and against the batched scorer.
@Suite struct InferenceModelTests {
    /// With a table of layer 0, and with a vocabulary that is too large for one.
    static let cases: [EngineCase] = ReferenceCell.plain.flatMap { cell in
        [
            EngineCase(cell, L: 2, V: 13, D: 5, H: 9, B: 1, T: 40),
            EngineCase(cell, L: 1, V: 1_025, D: 3, H: 4, B: 1, T: 15),
            EngineCase(cell, L: 3, V: 17, D: 4, H: 6, B: 1, T: 25),
        ]
    }

    /// The most floats of a table here: between those that the cases would have.
    static let largestTable = 1_000

    private func logProbabilities(_ logits: [Float]) -> [Double] {
        let scores = logits.map { Double($0) }
        let largest = scores.max() ?? 0
        let sum = scores.reduce(0) { $0 + exp($1 - largest) }
        return scores.map { $0 - largest - log(sum) }
    }

    @Test("each step predicts what the reference predicts, and the sum is the scorer's", arguments: cases)
    func steps(sizes: EngineCase) throws {
        let (reference, text) = (sizes.reference, sizes.texts(batch: 0)[0])
        let parameters = try EngineCase.parameters(reference, sizes.configuration)
        let model = try InferenceModel(parameters: parameters, largestTable: Self.largestTable)
        var state = model.start()
        var total = 0.0
        for (step, expected) in reference.nats(text).enumerated() {
            model.read(text[step], into: &state)
            let nats = -logProbabilities(state.logits)[text[step + 1]]
            #expect(abs(nats - expected) < 1e-5, "step \(step)")
            total += nats
        }
        let scorer = try SequenceScorer(
            parameters: parameters, streams: 1, time: 16, pool: WorkerPool(workerCount: 1))
        let (sum, count) = scorer.score(SymbolSequence(text.map { UInt16($0) }))
        #expect(count == sizes.time)
        #expect(abs(sum - total) < 1e-5 * total, "\(sum) by the scorer, \(total) step by step")
    }

    @Test("before any text the scores are the decoder's bias", arguments: ReferenceCell.plain)
    func start(cell: ReferenceCell) throws {
        let sizes = EngineCase(cell, L: 2, V: 13, D: 5, H: 9, B: 1, T: 4)
        let model = try InferenceModel(parameters: EngineCase.parameters(sizes.reference, sizes.configuration))
        let state = model.start()
        #expect(state.logits.map { Double($0) } == sizes.reference.tensors["decoder.bias"])
        #expect(state.hidden.allSatisfy { $0 == 0 } && state.auxiliary.allSatisfy { $0 == 0 })
        #expect(state.auxiliary.count == (cell == .lstm ? 18 : 0))
    }

    @Test("a copied state forks: neither way sees the other", arguments: ReferenceCell.plain)
    func forking(cell: ReferenceCell) throws {
        let sizes = EngineCase(cell, L: 2, V: 13, D: 5, H: 9, B: 1, T: 4)
        let model = try InferenceModel(parameters: EngineCase.parameters(sizes.reference, sizes.configuration))
        func reading(_ text: [Int]) -> InferenceState {
            var state = model.start()
            for symbol in text { model.read(symbol, into: &state) }
            return state
        }
        var trunk = reading([3, 1, 4])
        let kept = trunk
        var branch = trunk
        model.read(5, into: &branch)
        #expect(trunk == kept)
        model.read(9, into: &trunk)
        model.read(2, into: &branch)
        #expect(trunk == reading([3, 1, 4, 9]))
        #expect(branch == reading([3, 1, 4, 5, 2]))
        #expect(kept == reading([3, 1, 4]))
        #expect(trunk.logits != branch.logits)
    }

    /// The scores of a model after each symbol of a text.
    private func logits(_ model: InferenceModel, _ text: [Int]) -> [[Float]] {
        var state = model.start()
        return text.map { symbol in
            model.read(symbol, into: &state)
            return state.logits
        }
    }

    @Test("any number of workers gives the same bits", arguments: ReferenceCell.plain, Precision.allCases)
    func workers(cell: ReferenceCell, precision: Precision) throws {
        let sizes = EngineCase(cell, L: 3, V: 37, D: 5, H: 70, B: 1, T: 30)
        let parameters = try EngineCase.parameters(sizes.reference, sizes.configuration)
        let text = sizes.texts(batch: 0)[0]
        let alone = logits(try InferenceModel(parameters: parameters, precision: precision, threads: 1), text)
        for threads in [2, 3] {
            let model = try InferenceModel(
                parameters: parameters, precision: precision, threads: threads, bytesPerWorker: 1)
            #expect(model.workerCount == threads)
            #expect(logits(model, text) == alone, "\(threads) workers")
        }
    }

    @Test(
        "bfloat16 and int8 predict nearly what float32 predicts from the rounded weights", arguments: cases,
        [Precision.bfloat16, .int8])
    func rounded(sizes: EngineCase, precision: Precision) throws {
        let parameters = try EngineCase.parameters(sizes.reference, sizes.configuration)
        let text = sizes.texts(batch: 0)[0]
        let rounded = parameters.rounded(to: precision)
        let model = try InferenceModel(parameters: rounded, precision: precision, largestTable: Self.largestTable)
        let exact = try InferenceModel(parameters: rounded)
        // bfloat16 weights meet float32 states; int8 states are steps of 1/127.
        let bound: Float = precision == .bfloat16 ? 1e-5 : 0.1
        for (found, expected) in zip(logits(model, text), logits(exact, text)) {
            #expect(found.count == expected.count)
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) < bound })
        }
        #expect(logits(exact, text) != logits(try InferenceModel(parameters: parameters), text))
    }

    @Test("the smallest model works in every precision with more workers than units", arguments: Precision.allCases)
    func smallest(precision: Precision) throws {
        for cell in ReferenceCell.plain {
            let sizes = EngineCase(cell, L: 1, V: 2, D: 1, H: 1, B: 1, T: 9)
            let parameters = try EngineCase.parameters(sizes.reference, sizes.configuration).rounded(to: precision)
            let text = sizes.texts(batch: 0)[0]
            let alone = logits(try InferenceModel(parameters: parameters, precision: precision, threads: 1), text)
            let many = try InferenceModel(
                parameters: parameters, precision: precision, threads: 8, bytesPerWorker: 1)
            #expect(many.workerCount == 8)
            #expect(logits(many, text) == alone && alone.joined().allSatisfy(\.isFinite))
        }
    }

    @Test("the loss of a text is that of its steps, of any part of an array; nothing is predicted from less than two")
    func scoring() throws {
        let sizes = EngineCase(.gru, L: 2, V: 13, D: 5, H: 9, B: 1, T: 20)
        let model = try InferenceModel(parameters: EngineCase.parameters(sizes.reference, sizes.configuration))
        let text = sizes.texts(batch: 0)[0]
        let expected = sizes.reference.nats(text).reduce(0, +)
        let padded: [UInt16] = [7, 7] + text.map { UInt16($0) } + [7]
        let (nats, count) = model.score(SymbolSequence(padded)[2..<(padded.count - 1)])
        #expect(count == 20 && abs(nats - expected) < 1e-5 * expected)
        #expect(model.score([]) == (0, 0) && model.score([3]) == (0, 0))
    }

    @Test("a state belongs to its model alone, even after that model is gone and its memory is used again")
    func origin() throws {
        let sizes = EngineCase(.gru, L: 2, V: 13, D: 5, H: 9, B: 1, T: 4)
        let parameters = try EngineCase.parameters(sizes.reference, sizes.configuration)
        for _ in 0..<20 {
            // The model ends with this line; only its state is kept.
            let state = try InferenceModel(parameters: parameters).start()
            #expect(try InferenceModel(parameters: parameters).start() != state)
        }
    }
}
