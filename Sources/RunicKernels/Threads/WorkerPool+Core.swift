internal import CRunicKernels
internal import Glibc
internal import Synchronization

extension WorkerPool {
    /// The state that the workers of a ``WorkerPool`` share. Each thread holds it, so it lives until the last thread has ended.
    @safe
    final class Core: @unchecked Sendable {
        // Sendable by hand: the job is written before `generation` is raised (release) and read after it is seen (acquire).
        private let generation = Atomic<Int>(0)
        private let nextTask = Atomic<Int>(0)
        private let running = Atomic<Int>(0)
        private let stopping = Atomic<Bool>(false)
        private let sleepers = Parking()
        private var job: (@Sendable (Int) -> Void)?
        private var taskCount = 0
        /// The threads that serve, and the caller; only the caller reads it.
        private var workerCount = 1

        /// Notes how many workers there are, before the first run.
        func begin(workers: Int) { workerCount = workers }

        /// Tells the threads to end.
        func stop() {
            stopping.store(true, ordering: .releasing)
            announce()
        }

        func run(tasks: Int, _ body: @escaping @Sendable (Int) -> Void) {
            guard workerCount > 1 && tasks > 1 else {
                MatrixLibrary.useOneThread()
                for task in 0..<tasks { body(task) }
                return
            }
            precondition(job == nil, "a worker pool is used by two callers at once, or from within a task")
            job = body
            taskCount = tasks
            nextTask.store(0, ordering: .relaxed)
            running.store(workerCount, ordering: .relaxed)
            announce()
            MatrixLibrary.useOneThread()
            work()
            var looks = 0
            while running.load(ordering: .acquiring) > 0 {
                looks += 1
                // A worker that has lost its core to another program needs this one more than a spinning caller does.
                if looks < Self.spins { runic_pause() } else { sched_yield() }
            }
            job = nil
        }

        private func work() {
            while true {
                let task = nextTask.add(1, ordering: .relaxed).oldValue
                if task >= taskCount { break }
                job?(task)
            }
            running.subtract(1, ordering: .releasing)
        }

        private func announce() {
            generation.add(1, ordering: .sequentiallyConsistent)
            sleepers.wake()
        }

        /// Polls for new work before a worker sleeps: about 50 microseconds.
        private static let spins = 2_000

        /// The loop of each thread until ``stop()``.
        func serve() {
            MatrixLibrary.useOneThread()
            var seen = 0
            while true {
                var looks = 0
                while generation.load(ordering: .acquiring) == seen {
                    looks += 1
                    if looks < Self.spins {
                        runic_pause()
                    } else {
                        sleepers.sleep { generation.load(ordering: .sequentiallyConsistent) != seen }
                    }
                }
                seen += 1
                if stopping.load(ordering: .acquiring) { return }
                work()
            }
        }
    }
}
