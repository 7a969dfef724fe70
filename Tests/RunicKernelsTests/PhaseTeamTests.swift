import Foundation
import RunicKernels
import Synchronization
import Testing

@Suite struct PhaseTeamTests {
    @Test(
        "every chunk runs once in every phase, and no phase begins before the one before has ended",
        arguments: [1, 2, 3, 5])
    func order(workers: Int) {
        let team = PhaseTeam(workerCount: workers)
        for run in 0..<2_000 {
            let log = Mutex<[Int]>([])
            let phases = run % 5
            team.run(phases: phases) { phase, chunk in log.withLock { $0.append(phase * 100 + chunk) } }
            let seen = log.withLock { $0 }
            let order = seen.map { $0 / 100 }
            #expect(order == order.sorted(), "run \(run)")
            var expected: [Int] = []
            for phase in 0..<phases { for chunk in 0..<workers { expected.append(phase * 100 + chunk) } }
            #expect(seen.sorted() == expected, "run \(run)")
        }
    }

    @Test("what a phase wrote is there in the next")
    func visible() {
        let arena = Arena()
        let values: Block<Int> = arena.block(rows: 2, columns: 3)
        let team = PhaseTeam(workerCount: 3)
        for run in 1...3_000 {
            team.run(phases: 4) { phase, chunk in
                let (from, to) = (phase % 2, (phase + 1) % 2)
                values[to, chunk] = values[from, (chunk + 1) % 3] + 1
            }
            #expect(values.rows(0..<1).array == [4 * run, 4 * run, 4 * run])
        }
        withExtendedLifetime(arena) {}
    }

    @Test("helpers that have gone to sleep take part again, and a second caller runs alone")
    func callers() {
        let team = PhaseTeam(workerCount: 2)
        for pause in [0, 20_000, 1_000] {
            usleep(UInt32(pause))
            let count = Atomic<Int>(0)
            team.run(phases: 3) { _, _ in
                team.run(phases: 2) { _, _ in count.add(1, ordering: .relaxed) }
            }
            #expect(count.load(ordering: .relaxed) == 3 * 2 * 2 * 2)
        }
    }
}
