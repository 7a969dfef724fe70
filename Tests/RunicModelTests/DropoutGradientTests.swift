import RunicCells
import RunicKernels
import RunicModel
import RunicReference
import Testing

/// Dropout in the engine: the reference gets the same masks and must find the same gradients.
@Suite struct DropoutGradientTests {
    private let arena = Arena()
    private let dropout = 0.35
    private let key: UInt64 = 77

    /// The mask of a layer's output in one shard, (T · B, H): dropout applied to ones.
    private func mask(shard: Int, layer: Int, positions: Int, hidden: Int) -> [Double] {
        let (ones, kept): (Block<Float>, Block<Float>) = (
            arena.block(rows: positions, columns: hidden), arena.block(rows: positions, columns: hidden)
        )
        ones.fill(1)
        let mask = ShardNoise(key: key, shard: shard).mask(.output, layer: layer, probability: dropout)
        ElementWise.dropout(ones, mask, first: 0, to: Operand(kept))
        return kept.array.map { Double($0) }
    }

    /// The masks of all shards put together, (T · B, H) for each layer.
    private func masks(_ sizes: EngineCase, _ cut: [Range<Int>]) -> [[Double]] {
        (0..<sizes.layers).map { layer in
            let parts = cut.enumerated().map { shard, rows in
                mask(shard: shard, layer: layer, positions: rows.count * sizes.time, hidden: sizes.hidden)
            }
            return (0..<sizes.time).flatMap { step in
                zip(cut, parts).flatMap { rows, part in
                    let width = rows.count * sizes.hidden
                    return part[(step * width)..<((step + 1) * width)]
                }
            }
        }
    }

    static let cases: [EngineCase] = ReferenceCell.plain.flatMap { cell in
        [
            EngineCase(cell, L: 1, V: 13, D: 3, H: 6, B: 5, T: 7),
            EngineCase(cell, L: 3, V: 41, D: 7, H: 5, B: 4, T: 9),
            EngineCase(cell, L: 2, V: 11, D: 3, H: 5, B: 33, T: 18),
        ]
    }

    private func compare(_ sizes: EngineCase, _ precision: Precision, bound: Double) throws {
        let (reference, engine) = (sizes.reference, try sizes.engine(precision, dropout: dropout))
        let pool = WorkerPool(workerCount: 2)
        let masks = masks(sizes, engine.shardRows)
        var state = reference.initialState(rows: sizes.batch)
        for number in 0..<2 {
            let texts = sizes.texts(batch: number)
            engine.set(texts)
            let loss = engine.run(pool: pool, key: key)
            let expected = reference.run(
                ReferenceBatch(texts: texts), from: state, noise: ReferenceNoise(layers: masks))
            state = expected.state
            #expect(abs(loss - expected.loss) <= bound / 10 * expected.loss)
            for (name, _) in reference.shapes {
                let error = relativeError(engine.gradient(name), try #require(expected.gradients[name]))
                #expect(error <= bound, "batch \(number), \(name): \(error)")
            }
        }
    }

    @Test("with dropout the gradients are those of the reference with the same masks", arguments: cases)
    func gradients(sizes: EngineCase) throws {
        try compare(sizes, .float32, bound: 1e-4)
    }

    @Test("and in bfloat16 to 3e-2", .enabled(if: ProcessorInformation.hasBFloat16), arguments: cases)
    func bfloat16(sizes: EngineCase) throws {
        try compare(sizes, .bfloat16, bound: 3e-2)
    }

    @Test("a key fixes the step; another key is another step; without dropout the key means nothing")
    func keys() throws {
        let sizes = EngineCase(.gru, L: 2, V: 11, D: 3, H: 5, B: 9, T: 6)
        let engine = try sizes.engine(dropout: 0.5)
        let pool = WorkerPool(workerCount: 1)
        engine.set(sizes.texts(batch: 0))
        func loss(_ engine: GradientEngine, _ key: UInt64?) -> Double {
            engine.resetState()
            return engine.run(pool: pool, key: key)
        }
        #expect(loss(engine, 1) == loss(engine, 1))
        #expect(loss(engine, 1) != loss(engine, 2))
        let plain = try sizes.engine()
        plain.set(sizes.texts(batch: 0))
        #expect(loss(plain, 1) == loss(plain, 2))
        #expect(loss(plain, 1) == loss(engine, nil))
    }

    @Test("every layer of every shard has its own mask")
    func differentMasks() {
        let all = (0..<4).flatMap { shard in
            (0..<4).map { layer in mask(shard: shard, layer: layer, positions: 40, hidden: 10) }
        }
        #expect(Set(all).count == 16)
    }
}
