import RunicKernels
import RunicModel
import RunicReference
import Testing

/// Streams side by side, against the same streams one by one.
@Suite struct InferenceBatchTests {
    /// How far the scores may be apart. In int8 the sums are integers, so there is no difference at all.
    private func bound(_ precision: Precision) -> Float {
        switch precision {
        case .float32: 1e-5
        case .bfloat16: 0.1
        case .int8: 0
        }
    }

    @Test(
        "each stream predicts what it predicts alone, with a table and without one",
        arguments: ReferenceCell.plain.flatMap { cell in
            [(1_000_000, true), (10, true), (10, false)].map { (cell, $0.0, $0.1) }
        }, Precision.allCases)
    func streams(sizing: (cell: ReferenceCell, largestTable: Int, library: Bool), precision: Precision) throws {
        let (cell, largestTable) = (sizing.cell, sizing.largestTable)
        // Elsewhere the library has no such product, or its sums overflow, and none is asked of it.
        let library = sizing.library && ProcessorInformation.multiplies(precision)
        let sizes = EngineCase(cell, L: 2, V: 29, D: 301, H: 21, B: 19, T: 12)
        let model = try InferenceModel(
            parameters: EngineCase.parameters(sizes.reference, sizes.configuration).rounded(to: precision),
            precision: precision, largestTable: largestTable)
        let texts = sizes.texts(batch: 0)
        let batch = try InferenceBatch(model: model, streams: texts.count, threads: 2) { _ in library }
        // Row by row, every precision gives the results of one stream.
        let bound = library ? bound(precision) : 0
        var states = texts.map { _ in model.start() }
        // Every stream has read another number of symbols before it joins.
        for (stream, text) in texts.enumerated() {
            for symbol in text.prefix(stream % 4) { model.read(symbol, into: &states[stream]) }
            batch.set(states[stream], stream: stream)
        }
        for step in 4..<sizes.time {
            batch.step { stream, _ in (texts[stream][step], false) }
            for (stream, text) in texts.enumerated() {
                model.read(text[step], into: &states[stream])
                let found = batch.logits(ofStream: stream).array, expected = states[stream].logits
                #expect(found.count == expected.count)
                #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= bound }, "stream \(stream), step \(step)")
            }
        }
    }

    @Test("any number of workers gives the same bits", arguments: Precision.allCases)
    func workers(precision: Precision) throws {
        let sizes = EngineCase(.lstm, L: 2, V: 29, D: 6, H: 21, B: 70, T: 9)
        let model = try InferenceModel(
            parameters: EngineCase.parameters(sizes.reference, sizes.configuration).rounded(to: precision),
            precision: precision)
        let texts = sizes.texts(batch: 0)
        func logits(threads: Int) throws -> [[Float]] {
            let batch = try InferenceBatch(model: model, streams: texts.count, threads: threads)
            for stream in texts.indices { batch.set(model.start(), stream: stream) }
            for step in 0..<sizes.time { batch.step { stream, _ in (texts[stream][step], false) } }
            return texts.indices.map { batch.logits(ofStream: $0).array }
        }
        let alone = try logits(threads: 1)
        for threads in [2, 3] { #expect(try logits(threads: threads) == alone, "\(threads) workers") }
    }

    @Test("a symbol is chosen from the stream's own scores, once a step")
    func choosing() throws {
        let sizes = EngineCase(.gru, L: 1, V: 11, D: 4, H: 8, B: 9, T: 4)
        let model = try InferenceModel(parameters: EngineCase.parameters(sizes.reference, sizes.configuration))
        let batch = try InferenceBatch(model: model, streams: 9, threads: 3)
        var state = model.start()
        for symbol in [1, 2, 3] { model.read(symbol, into: &state) }
        for stream in 0..<9 { batch.set(stream == 4 ? state : model.start(), stream: stream) }
        let arena = Arena()
        let calls: Block<Int> = arena.block(rows: 1, columns: 9)
        let first: Block<Float> = arena.block(rows: 9, columns: 11)
        batch.step { stream, logits in
            calls[0, stream] += 1
            first.rows(stream..<(stream + 1)).assign(from: logits)
            return (stream, false)
        }
        #expect(calls.array == [Int](repeating: 1, count: 9))
        for stream in 0..<9 {
            #expect(first.rows(stream..<(stream + 1)).array == (stream == 4 ? state : model.start()).logits)
        }
        withExtendedLifetime(arena) {}
    }
}
