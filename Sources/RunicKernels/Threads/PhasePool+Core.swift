internal import CRunicKernels
internal import Glibc
internal import Synchronization

extension PhasePool {
    /// The state that the workers of a ``PhasePool`` share.
    ///
    /// Phases are numbered without end. A worker claims a task by raising its `claimed` from the previous number to this one.
    /// That succeeds for one worker only, and only during the phase: the caller does not leave it before all tasks are
    /// done. A late helper therefore finds nothing to claim, and nobody reads the job after the caller has removed it.
    @safe
    final class Core: @unchecked Sendable {
        // Sendable by hand: the job is written before `current` is raised and read only under a claim.
        private let workerCount: Int
        private let current = Atomic<Int>(0)
        private let isBusy = Atomic<Bool>(false)
        private let isStopping = Atomic<Bool>(false)
        private let sleepers = Parking()
        private let tasks: UnsafeMutablePointer<TaskCounters>
        private var job: (@Sendable (Int, Int) -> Void)?
        private var firstNumber = 0

        /// A task's counters, on a cache line of their own.
        private struct TaskCounters: ~Copyable {
            let claimed = Atomic<Int>(0)
            let done = Atomic<Int>(0)
            let padding: (Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0)
        }

        init(workerCount: Int) {
            self.workerCount = workerCount
            let size = MemoryLayout<TaskCounters>.stride
            let memory = UnsafeMutableRawPointer.allocate(byteCount: size * workerCount, alignment: size)
            unsafe tasks = memory.bindMemory(to: TaskCounters.self, capacity: workerCount)
            for index in 0..<workerCount { unsafe (tasks + index).initialize(to: TaskCounters()) }
        }

        deinit {
            unsafe tasks.deinitialize(count: workerCount)
            unsafe tasks.deallocate()
        }

        func stop() {
            isStopping.store(true, ordering: .sequentiallyConsistent)
            current.add(1, ordering: .sequentiallyConsistent)
            sleepers.wake()
        }

        func run(phases: Int, _ body: @escaping @Sendable (Int, Int) -> Void) {
            guard workerCount > 1, !isBusy.exchange(true, ordering: .acquiring) else {
                for phase in 0..<phases { for task in 0..<workerCount { body(phase, task) } }
                return
            }
            job = body
            var number = current.load(ordering: .relaxed)
            firstNumber = number + 1
            for phase in 0..<phases {
                number += 1
                current.store(number, ordering: .sequentiallyConsistent)
                if phase == 0 { sleepers.wake() }
                runTasks(in: number, as: 0)
                for index in 0..<workerCount { waitUntilDone(index, number) }
            }
            job = nil
            isBusy.store(false, ordering: .releasing)
        }

        private func runTasks(in number: Int, as worker: Int) {
            for offset in 0..<workerCount {
                let index = (worker + offset) % workerCount
                let isFree = unsafe tasks[index].claimed.load(ordering: .relaxed) == number - 1
                guard isFree else { continue }
                let claim = unsafe tasks[index].claimed.compareExchange(
                    expected: number - 1, desired: number, ordering: .acquiringAndReleasing)
                guard claim.exchanged else { continue }
                job?(number - firstNumber, index)
                unsafe tasks[index].done.store(number, ordering: .releasing)
            }
        }

        private func waitUntilDone(_ index: Int, _ number: Int) {
            var looks = 0
            while unsafe tasks[index].done.load(ordering: .acquiring) != number {
                looks += 1
                if looks < Self.spins { runic_pause() } else { sched_yield() }
            }
        }

        /// Polls for a new phase before a helper sleeps: about 50 microseconds.
        private static let spins = 2_000

        func serve(as worker: Int) {
            var seen = 0
            while true {
                var looks = 0
                while current.load(ordering: .acquiring) == seen {
                    looks += 1
                    if looks < Self.spins {
                        runic_pause()
                    } else {
                        sleepers.sleep { current.load(ordering: .sequentiallyConsistent) != seen }
                    }
                }
                // In this order: a thread that sees the number raised by `stop` also sees the flag set before it.
                seen = current.load(ordering: .acquiring)
                if isStopping.load(ordering: .acquiring) { return }
                runTasks(in: seen, as: worker)
            }
        }
    }
}
