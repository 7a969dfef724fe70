import RunicCells
import RunicKernels
import RunicModel
import RunicReference
import Testing

/// Loss and gradients of the engine against the double-precision reference, tensor by tensor.
@Suite struct GradientTests {
    /// Three batches of one row cut, fewer positions than symbols for the gathered input, more for the table.
    static let small: [EngineCase] = ReferenceCell.plain.flatMap { cell in
        [1, 2, 3].flatMap { layers in
            [
                EngineCase(cell, L: layers, V: 13, D: 3, H: 6, B: 5, T: 7),
                EngineCase(cell, L: layers, V: 41, D: 7, H: 5, B: 4, T: 9),
            ]
        }
    }

    /// Several shards, sizes that fill vectors, and input products in tiles with a remainder.
    static let large: [EngineCase] = ReferenceCell.plain.flatMap { cell in
        [
            EngineCase(cell, L: 2, V: 24, D: 8, H: 16, B: 32, T: 9),
            EngineCase(cell, L: 2, V: 11, D: 3, H: 5, B: 35, T: 19),
        ]
    }

    static let gatheredInTiles = [EngineCase(.lstm, L: 1, V: 601, D: 3, H: 4, B: 16, T: 37)]

    /// Two batches in a row, the second from the state of the first.
    private func compare(_ sizes: EngineCase, _ precision: Precision, bound: Double) throws {
        let (reference, engine) = (sizes.reference, try sizes.engine(precision))
        let pool = WorkerPool(workerCount: 2)
        engine.resetState()
        var state = reference.initialState(rows: sizes.batch)
        for number in 0..<2 {
            let texts = sizes.texts(batch: number)
            engine.set(texts)
            let loss = engine.run(pool: pool, key: nil)
            let expected = reference.run(ReferenceBatch(texts: texts), from: state)
            state = expected.state
            #expect(abs(loss - expected.loss) <= bound / 10 * expected.loss, "loss \(loss) for \(expected.loss)")
            for (name, _) in reference.shapes {
                let error = relativeError(engine.gradient(name), try #require(expected.gradients[name]))
                #expect(error <= bound, "batch \(number), \(name): \(error)")
            }
        }
    }

    @Test("float32 gradients agree with the reference to 1e-4", arguments: small)
    func everyCell(sizes: EngineCase) throws {
        let positions = sizes.batch * sizes.time
        #expect(try sizes.engine().weights.stack.symbolInput == (sizes.vocabulary <= positions ? .table : .gather))
        try compare(sizes, .float32, bound: 1e-4)
    }

    @Test("and so they do over several shards and tiles", arguments: large + gatheredInTiles)
    func shards(sizes: EngineCase) throws {
        #expect(try sizes.engine().shardRows.count > 1)
        try compare(sizes, .float32, bound: 1e-4)
    }

    /// A bfloat16 has 8 bits: a product's inputs are off by up to 0.4 %, and errors add up over layers and steps; most
    /// in the vanilla cell, whose state passes a matrix at every step.
    @Test(
        "bfloat16 gradients agree with the reference to 3e-2, those of the vanilla cell to 5e-2",
        .enabled(if: ProcessorInformation.hasBFloat16),
        arguments: small + [large[0], large[3]])
    func bfloat16(sizes: EngineCase) throws {
        try compare(sizes, .bfloat16, bound: sizes.cell == .rnn ? 5e-2 : 3e-2)
    }

    @Test("a state that is forgotten is the zero state again")
    func resetting() throws {
        let sizes = Self.small[6]
        let engine = try sizes.engine()
        let pool = WorkerPool(workerCount: 1)
        engine.set(sizes.texts(batch: 0))
        let first = engine.run(pool: pool, key: nil)
        let carried = engine.state
        let second = engine.run(pool: pool, key: nil)
        #expect(first != second)
        engine.resetState()
        #expect(engine.run(pool: pool, key: nil) == first)
        engine.state = carried
        #expect(engine.run(pool: pool, key: nil) == second)
    }

    @Test("a change of the parameters reaches the products after a refresh")
    func refreshing() throws {
        let sizes = Self.small[8]
        let engine = try sizes.engine()
        var reference = sizes.reference
        let pool = WorkerPool(workerCount: 2)
        for (name, _) in reference.shapes {
            let values = try #require(reference.tensors[name]).map { Double(Float(-0.8 * $0)) }
            reference.tensors[name] = values
            engine.parameters.blocks[name].assign(from: values.map { Float($0) })
        }
        engine.set(sizes.texts(batch: 0))
        let loss = engine.run(pool: pool, key: nil)
        let expected = reference.loss(
            ReferenceBatch(texts: sizes.texts(batch: 0)), from: reference.initialState(rows: sizes.batch))
        #expect(abs(loss - expected) < 1e-5)
    }
}
