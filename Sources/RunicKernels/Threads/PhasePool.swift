internal import RunicThreads

/// Threads that repeat a short computation together, phase by phase: the steps of one stream.
///
/// Every phase has as many tasks as there are workers. A worker takes its own task, then any task that nobody has begun.
/// If the system gives a worker's core to another program, the caller does that task too: a step waits only for tasks
/// that are already running. After a step the helpers spin for a moment, then sleep until the next.
package final class PhasePool: Sendable {
    private let core: Core
    private let threads: ThreadGroup
    /// The number of workers that were asked for, the caller included: that of the tasks of a phase. The others do the work
    /// of threads that the system refuses.
    package let workerCount: Int

    /// - Precondition: `workerCount` is positive.
    package init(workerCount: Int) {
        precondition(workerCount > 0, "\(workerCount) workers")
        self.workerCount = workerCount
        let core = Core(workerCount: workerCount)
        self.core = core
        threads = ThreadGroup(count: workerCount - 1) { core.serve(as: $0 + 1) }
    }

    deinit {
        core.stop()
        threads.join()
    }

    /// Runs `body(phase, task)` for all tasks of phase 0, then of phase 1, and so on.
    ///
    /// A second caller at the same time runs its phases on its own thread.
    package func run(phases: Int, _ body: @escaping @Sendable (_ phase: Int, _ task: Int) -> Void) {
        core.run(phases: phases, body)
    }
}
