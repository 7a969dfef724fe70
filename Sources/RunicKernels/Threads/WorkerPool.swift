internal import RunicThreads

/// A few threads that run numbered tasks together, with a barrier at the end of each run.
///
/// The caller is one of the workers. Tasks are handed out one by one, in order. Any worker may get any task, so the result
/// of a task must depend on its number alone. Between two runs the workers spin for a moment before they sleep, so that
/// the phases of a training step follow each other without a wake-up.
package final class WorkerPool: Sendable {
    private let core: Core
    private let threads: ThreadGroup
    /// The number of workers that were asked for, the caller included; there are fewer if the system has no more threads.
    package let workerCount: Int

    /// - Precondition: `workerCount` is positive.
    package init(workerCount: Int) {
        precondition(workerCount > 0, "\(workerCount) workers")
        self.workerCount = workerCount
        let core = Core()
        self.core = core
        // The threads hold the core, not the pool: the pool is freed with its last user, and then stops the threads.
        threads = ThreadGroup(count: workerCount - 1) { _ in core.serve() }
        core.begin(workers: threads.count + 1)
    }

    deinit {
        core.stop()
        threads.join()
    }

    /// Runs `body(0)` … `body(tasks - 1)` and returns when all are done.
    ///
    /// - Precondition: one caller at a time, and none from within a task.
    package func run(tasks: Int, _ body: @escaping @Sendable (Int) -> Void) { core.run(tasks: tasks, body) }
}
