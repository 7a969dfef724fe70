internal import RunicCells
package import RunicKernels
package import RunicSymbols

/// The loss of a model on a text, without training.
///
/// With one stream, the state is carried from the first symbol to the last. With several, the text is divided into
/// contiguous streams that run in parallel. Each stream first reads the symbols before its own range to warm up its state:
/// an estimate that is many times faster and differs in the fourth digit.
package final class SequenceScorer {
    private let weights: ModelWeights
    private let shards: [LanguageModelShard]
    private let time: Int
    private let pool: WorkerPool

    /// - Parameters:
    ///   - streams: the number of parallel streams.
    ///   - time: the number of steps of a pass.
    ///   - resets: whether texts can have documents that reset the state.
    /// - Throws: ``ModelError/matrix(_:)``.
    package init(
        parameters: ModelParameters, precision: Precision = .float32, streams: Int = 1, time: Int = 256,
        resets: Bool = false, pool: WorkerPool
    ) throws(ModelError) {
        precondition(streams > 0 && time > 0, "\(streams) streams of \(time) steps")
        let shardRows = streams == 1 ? [0..<1] : ShardRows.ranges(batch: streams)
        self.time = time
        self.pool = pool
        weights = try ModelWeights(
            parameters: parameters, precision: precision, trains: false, positions: streams * time,
            rowsHint: shardRows[0].count)
        do {
            var shards: [LanguageModelShard] = []
            for range in shardRows {
                shards.append(
                    try LanguageModelShard(
                        weights: weights, rows: range.count, time: time, trains: false, resets: resets))
            }
            self.shards = shards
        } catch {
            throw .matrix(error.description)
        }
    }

    /// A fast scorer for a text of `count` symbols: at most 64 parallel streams of at least 2,000 symbols.
    ///
    /// - Throws: ``ModelError/matrix(_:)``.
    package convenience init(
        quickFor count: Int, parameters: ModelParameters, precision: Precision = .float32, resets: Bool = false,
        pool: WorkerPool
    ) throws(ModelError) {
        try self.init(
            parameters: parameters, precision: precision, streams: min(max(count / 2_000, 1), 64), time: 128,
            resets: resets, pool: pool)
    }

    /// The sum of −log p of all symbols except the first, in nats, and their number.
    ///
    /// - Parameter starts: whether the state is reset before the symbol at an index of the text is read.
    /// - Complexity: one forward pass over the text.
    package func score(
        _ symbols: SymbolSequence, startsAt starts: ((Int) -> Bool)? = nil
    ) -> (nats: Double, count: Int) {
        guard let spans = StreamSpans(symbols: symbols.count, streams: streams, time: time) else { return (0, 0) }
        let sums = Sums(count: shards.count)
        var total = 0.0
        read(symbols, spans, starts) { _ in
            pool.run(tasks: shards.count) { [shards] in sums.values[0, $0] = shards[$0].loss() }
            total += sums.values.array.reduce(0, +)
        }
        return (total, spans.predicted)
    }

    /// The same sum for each of several contiguous blocks of the text, in file order, whose lengths differ by at most one.
    ///
    /// The losses of neighbouring symbols depend on each other; those of long blocks hardly do, so blocks can
    /// serve as independent samples of the text.
    ///
    /// - Parameters:
    ///   - blocks: the number of blocks; a text with fewer predicted symbols gives one block per symbol.
    ///   - starts: whether the state is reset before the symbol at an index of the text is read.
    /// - Precondition: `blocks` is positive.
    /// - Complexity: one forward pass over the text.
    package func score(
        _ symbols: SymbolSequence, blocks: Int, startsAt starts: ((Int) -> Bool)? = nil
    ) -> [(nats: Double, count: Int)] {
        precondition(blocks > 0, "\(blocks) blocks")
        guard let spans = StreamSpans(symbols: symbols.count, streams: streams, time: time) else { return [] }
        let blockCount = min(blocks, spans.predicted)
        var scored = [(nats: Double, count: Int)](repeating: (0, 0), count: blockCount)
        let losses = Losses(shards: shards)
        read(symbols, spans, starts) { pass in
            pool.run(tasks: shards.count) { [shards] in _ = shards[$0].loss(nats: losses.values[$0]) }
            var firstRow = 0
            for (shard, nats) in zip(shards, losses.values) {
                let B = shard.stack.rows
                for place in 0..<(time * B) {
                    let (step, row) = place.quotientAndRemainder(dividingBy: B)
                    let position = spans.position(row: firstRow + row, pass: pass, step: step)
                    guard spans.scores(position, row: firstRow + row) else { continue }
                    let block = position * blockCount / spans.predicted
                    scored[block].nats += Double(nats[place, 0])
                    scored[block].count += 1
                }
                firstRow += B
            }
        }
        return scored
    }

    private var streams: Int { shards.reduce(0) { $0 + $1.stack.rows } }

    /// Runs the streams through the text from the initial state; `body` runs the shards on the symbols of each pass.
    private func read(
        _ symbols: SymbolSequence, _ spans: StreamSpans, _ starts: ((Int) -> Bool)?, _ body: (_ pass: Int) -> Void
    ) {
        weights.refresh(pool)
        pool.run(tasks: shards.count) { [shards] in shards[$0].stack.resetState() }
        for pass in 0..<spans.passes {
            var firstRow = 0
            for shard in shards {
                fill(shard, firstRow: firstRow, pass: pass, spans, symbols, starts)
                firstRow += shard.stack.rows
            }
            body(pass)
            if pass % Self.passesInMemory == 0 { symbols.releasePages() }
        }
    }

    /// The number of passes between two releases of a mapped text's pages.
    private static let passesInMemory = 64

    private func fill(
        _ shard: LanguageModelShard, firstRow: Int, pass: Int, _ spans: StreamSpans, _ symbols: SymbolSequence,
        _ starts: ((Int) -> Bool)?
    ) {
        let resets = shard.stack.resets
        precondition(starts == nil || resets.rows > 0, "documents in a scorer made without resets")
        let B = shard.stack.rows
        let first = symbols.startIndex
        for row in 0..<B {
            for step in 0..<time {
                let position = spans.position(row: firstRow + row, pass: pass, step: step)
                let place = step * B + row
                shard.symbols[place, 0] = position < spans.predicted ? Int32(symbols[first + position]) : 0
                let scores = spans.scores(position, row: firstRow + row)
                shard.targets[place, 0] = scores ? Int32(symbols[first + position + 1]) : -1
                guard resets.rows > 0 else { continue }
                resets[place, 0] = position < spans.predicted && starts?(first + position) == true ? 1 : 0
            }
        }
    }

    /// One sum per shard, written by its worker.
    private final class Sums: Sendable {
        private let arena = Arena()
        let values: Block<Double>
        init(count: Int) { values = arena.block(rows: 1, columns: count) }
    }

    /// The loss of every position of a pass: one block per shard, written by its worker.
    private final class Losses: Sendable {
        private let arena = Arena()
        let values: [Block<Float>]
        init(shards: [LanguageModelShard]) {
            values = shards.map { [arena] in arena.block(rows: $0.symbols.rows, columns: 1) }
        }
    }
}
