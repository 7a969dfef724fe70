/// A few threads that run numbered tasks together and wait for each other.
///
/// The caller is one of the workers. Tasks are handed out in order, one by one; which worker gets which is left
/// open, so a task's result must depend on its number alone. Between two runs the workers spin for a moment before
/// they sleep, so that the phases of a training step follow each other without a wake-up.
package final class WorkerPool: Sendable {
    private let team: WorkerPoolCore
    private let threads: ThreadGroup
    /// The number of workers, the caller included.
    package let workerCount: Int
    /// What measures the work of a training step, or nil.
    package let meter: StepMeter?

    /// - Precondition: `workerCount` is positive.
    package init(workerCount: Int, meter: StepMeter? = nil) {
        precondition(workerCount > 0, "\(workerCount) workers")
        self.workerCount = workerCount
        self.meter = meter
        let team = WorkerPoolCore(workerCount: workerCount)
        self.team = team
        // The threads hold the team, not the pool: the pool ends with its last user, and then ends them.
        threads = ThreadGroup(count: workerCount - 1) { _ in team.serve() }
    }

    deinit {
        team.stop()
        threads.join()
    }

    /// Runs `body(0)` … `body(tasks - 1)`, and returns when all are done.
    ///
    /// - Precondition: one caller at a time, and none from within a task.
    package func run(tasks: Int, _ body: @escaping @Sendable (Int) -> Void) { team.run(tasks: tasks, body) }
}
