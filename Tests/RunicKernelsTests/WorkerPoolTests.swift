import Foundation
import RunicKernels
import Synchronization
import Testing

@Suite struct WorkerPoolTests {
    /// Counts that several threads raise.
    private final class Tally: Sendable {
        let counts: Mutex<[Int]>
        let threads = Mutex<Set<String>>([])
        let arrived = Atomic<Int>(0)

        init(_ count: Int) { counts = Mutex([Int](repeating: 0, count: count)) }
    }

    /// The calling thread as the system names it, `PROCESS/task/THREAD`.
    private static func ownThread() -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")) ?? ""
    }

    @Test("every task runs exactly once in every run", arguments: [1, 2, 3, 5])
    func once(workers: Int) {
        let pool = WorkerPool(workerCount: workers)
        for run in 0..<400 {
            let tasks = run % 17
            let tally = Tally(tasks)
            pool.run(tasks: tasks) { task in tally.counts.withLock { $0[task] += 1 } }
            #expect(tally.counts.withLock { $0 } == [Int](repeating: 1, count: tasks), "run \(run)")
        }
    }

    @Test("workers that have gone to sleep wake up for the next run")
    func sleeping() {
        let pool = WorkerPool(workerCount: 3)
        for pause in [0, 20_000, 1_000, 50_000, 0] {
            usleep(UInt32(pause))
            let tally = Tally(6)
            pool.run(tasks: 6) { task in tally.counts.withLock { $0[task] += 1 } }
            #expect(tally.counts.withLock { $0 } == [1, 1, 1, 1, 1, 1])
        }
    }

    @Test("the writes of all tasks are visible when the run returns")
    func visible() {
        let arena = Arena()
        let sums: Block<Int> = arena.block(rows: 1, columns: 64)
        let pool = WorkerPool(workerCount: 4)
        for run in 1...100 { pool.run(tasks: 64) { sums[0, $0] = sums[0, $0] + run + $0 } }
        #expect(sums.array == (0..<64).map { 5_050 + 100 * $0 })
        withExtendedLifetime(arena) {}
    }

    @Test("the last reference gone, the threads are gone too")
    func ending() {
        let tally = Tally(0)
        weak var remembered: WorkerPool?
        do {
            let pool = WorkerPool(workerCount: 3)
            remembered = pool
            // Each task waits for the others, so that three threads must take one each.
            pool.run(tasks: 3) { _ in
                let thread = Self.ownThread()
                tally.threads.withLock { _ = $0.insert(thread) }
                tally.arrived.add(1, ordering: .sequentiallyConsistent)
                while tally.arrived.load(ordering: .sequentiallyConsistent) < 3 { usleep(100) }
            }
        }
        #expect(remembered == nil)
        let others = tally.threads.withLock { $0 }.subtracting([Self.ownThread()])
        #expect(others.count == 2)
        for thread in others {
            var looks = 0
            while FileManager.default.fileExists(atPath: "/proc/\(thread)") && looks < 2_000 {
                looks += 1
                usleep(1_000)
            }
            #expect(looks < 2_000, "thread \(thread) is still there")
        }
    }
}
