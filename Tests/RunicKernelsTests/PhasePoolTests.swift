import Foundation
import RunicKernels
import Synchronization
import Testing

@Suite struct PhasePoolTests {
    @Test(
        "every task runs once in every phase, and no phase begins before the one before has ended",
        arguments: [1, 2, 3, 5])
    func order(workers: Int) {
        let team = PhasePool(workerCount: workers)
        for run in 0..<2_000 {
            let log = Mutex<[Int]>([])
            let phases = run % 5
            team.run(phases: phases) { phase, task in log.withLock { $0.append(phase * 100 + task) } }
            let seen = log.withLock { $0 }
            let order = seen.map { $0 / 100 }
            #expect(order == order.sorted(), "run \(run)")
            var expected: [Int] = []
            for phase in 0..<phases { for task in 0..<workers { expected.append(phase * 100 + task) } }
            #expect(seen.sorted() == expected, "run \(run)")
        }
    }

    @Test("the next phase sees the writes of a phase")
    func visible() {
        let arena = Arena()
        let values: Block<Int> = arena.block(rows: 2, columns: 3)
        let team = PhasePool(workerCount: 3)
        for run in 1...3_000 {
            team.run(phases: 4) { phase, task in
                let (from, to) = (phase % 2, (phase + 1) % 2)
                values[to, task] = values[from, (task + 1) % 3] + 1
            }
            #expect(values.rows(0..<1).array == [4 * run, 4 * run, 4 * run])
        }
        withExtendedLifetime(arena) {}
    }

    @Test("helpers do work, also those that have gone to sleep")
    func helping() {
        let team = PhasePool(workerCount: 3)
        for pause in [0, 20_000, 1_000] {
            usleep(UInt32(pause))
            let begun = Atomic<Int>(0)
            // Each task waits for the others, so that three threads must take one each.
            team.run(phases: 1) { _, _ in
                begun.add(1, ordering: .sequentiallyConsistent)
                while begun.load(ordering: .sequentiallyConsistent) < 3 { usleep(10) }
            }
            #expect(begun.load(ordering: .sequentiallyConsistent) == 3)
        }
    }

    @Test("a team that is dropped right after a run ends, and its threads with it")
    func ending() {
        for run in 0..<3_000 {
            let team = PhasePool(workerCount: 3)
            team.run(phases: run % 3) { _, _ in }
        }
    }

    /// A count that several threads raise.
    private final class Tally: Sendable {
        let count = Atomic<Int>(0)
    }

    @Test("several callers at once, and one from within another's phase, each get all their tasks")
    func callers() async {
        let (team, tally) = (PhasePool(workerCount: 2), Tally())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<2_000 {
                        team.run(phases: 3) { _, _ in tally.count.add(1, ordering: .relaxed) }
                    }
                }
            }
        }
        #expect(tally.count.load(ordering: .relaxed) == 4 * 2_000 * 3 * 2)
        let inner = Tally()
        team.run(phases: 3) { _, _ in
            team.run(phases: 2) { _, _ in inner.count.add(1, ordering: .relaxed) }
        }
        #expect(inner.count.load(ordering: .relaxed) == 3 * 2 * 2 * 2)
    }
}
