internal import RunicKernels

/// A copy of the parameters and the optimizer's vector state, which a rollback restores.
///
/// Snapshots are taken at steps that the settings fix, not at checkpoints: those follow the clock, and a run must not
/// depend on when it was saved.
final class Snapshot: Sendable {
    private let values: [(name: String, live: Block<Float>, kept: Block<Float>)]
    private let sums: Block<Double>
    private let sliceCount: Int
    /// The tasks of one slice, made once, so that taking a copy allocates nothing.
    private let sumJob: @Sendable (Int) -> Void
    private let keepJob: @Sendable (Int) -> Void
    private let arena = Arena()

    /// - Parameter live: the arrays that training changes, one row each.
    init(of live: [(name: String, values: Block<Float>)]) {
        let arena = arena
        let values = live.map {
            (name: $0.name, live: $0.values, kept: arena.block(Float.self, rows: 1, columns: $0.values.count))
        }
        self.values = values
        let slices: [(live: Block<Float>, kept: Block<Float>)] = values.flatMap { value in
            stride(from: 0, to: value.live.columns, by: 65_536).map { start in
                let range = start..<min(start + 65_536, value.live.columns)
                return (value.live.columns(range), value.kept.columns(range))
            }
        }
        sliceCount = slices.count
        let sums: Block<Double> = arena.block(rows: 1, columns: slices.count)
        self.sums = sums
        sumJob = { sums[0, $0] = ElementWise.sumOfSquares(slices[$0].live) }
        keepJob = { slices[$0].kept.assign(from: slices[$0].live) }
    }

    /// Whether all live values are finite.
    ///
    /// - Complexity: O(n), one pass over memory.
    func isFinite(_ pool: WorkerPool) -> Bool {
        pool.run(tasks: sliceCount, sumJob)
        if (0..<sliceCount).allSatisfy({ sums[0, $0].isFinite }) { return true }
        // A square overflows long before its number does.
        return values.allSatisfy { $0.live.array.allSatisfy(\.isFinite) }
    }

    /// Copies the live values.
    func keep(_ pool: WorkerPool) { pool.run(tasks: sliceCount, keepJob) }

    /// Copies the kept values back.
    func restore() { for value in values { value.live.assign(from: value.kept) } }

    /// The kept values by name.
    var copies: [(name: String, values: Block<Float>)] { values.map { ($0.name, $0.kept) } }
}
