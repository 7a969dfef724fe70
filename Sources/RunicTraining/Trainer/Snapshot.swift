internal import RunicKernels

/// A copy of the parameters and of what the optimizer remembers, to go back to when training goes wrong.
///
/// It is taken at steps that the settings fix, not at checkpoints: those follow the clock, and a run must take the same way
/// whenever it was saved.
final class Snapshot: Sendable {
    private let values: [(name: String, live: Block<Float>, kept: Block<Float>)]
    private let sums: Block<Double>
    private let pieceCount: Int
    /// The jobs of one piece, made once, so that taking a copy allocates nothing.
    private let sumJob: @Sendable (Int) -> Void
    private let keepJob: @Sendable (Int) -> Void
    private let arena = Arena()

    /// - Parameter live: what changes in training, each a single row.
    init(of live: [(name: String, values: Block<Float>)]) {
        let arena = arena
        let values = live.map {
            (name: $0.name, live: $0.values, kept: arena.block(Float.self, rows: 1, columns: $0.values.count))
        }
        self.values = values
        let pieces: [(live: Block<Float>, kept: Block<Float>)] = values.flatMap { value in
            stride(from: 0, to: value.live.columns, by: 65_536).map { start in
                let range = start..<min(start + 65_536, value.live.columns)
                return (value.live.columns(range), value.kept.columns(range))
            }
        }
        pieceCount = pieces.count
        let sums: Block<Double> = arena.block(rows: 1, columns: pieces.count)
        self.sums = sums
        sumJob = { sums[0, $0] = ElementWise.sumOfSquares(pieces[$0].live) }
        keepJob = { pieces[$0].kept.assign(from: pieces[$0].live) }
    }

    /// Whether all that changes in training is finite.
    ///
    /// - Complexity: O(n), one reading of memory.
    func isFinite(_ pool: WorkerPool) -> Bool {
        pool.run(tasks: pieceCount, sumJob)
        if (0..<pieceCount).allSatisfy({ sums[0, $0].isFinite }) { return true }
        // A square overflows long before the number does.
        return values.allSatisfy { $0.live.array.allSatisfy(\.isFinite) }
    }

    /// Copies what is there now.
    func keep(_ pool: WorkerPool) { pool.run(tasks: pieceCount, keepJob) }

    /// Puts back what was kept.
    func restore() { for value in values { value.live.assign(from: value.kept) } }

    /// The copies by name.
    var memory: [(name: String, values: Block<Float>)] { values.map { ($0.name, $0.kept) } }
}
