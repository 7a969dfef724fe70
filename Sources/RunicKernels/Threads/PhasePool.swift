/// Threads that go through the phases of a short computation together, again and again: the steps of one stream.
///
/// Every phase has as many chunks as there are workers. A worker takes its own chunk, and then any that nobody has
/// begun: if the system gives a worker's core to another program, the caller does that chunk too, and a step waits only for
/// chunks that are at work. Helpers spin for a moment after a step, and then sleep until the next.
package final class PhasePool: Sendable {
    private let floor: PhasePoolCore
    private let threads: ThreadGroup
    /// The number of workers, the caller included.
    package let workerCount: Int

    /// - Precondition: `workerCount` is positive.
    package init(workerCount: Int) {
        precondition(workerCount > 0, "\(workerCount) workers")
        self.workerCount = workerCount
        let floor = PhasePoolCore(workerCount: workerCount)
        self.floor = floor
        threads = ThreadGroup(count: workerCount - 1) { floor.serve(as: $0 + 1) }
    }

    deinit {
        floor.stop()
        threads.join()
    }

    /// Runs `body(phase, chunk)` for all chunks of phase 0, then of phase 1, and so on.
    ///
    /// While one caller runs, another runs its phases alone.
    package func run(phases: Int, _ body: @escaping @Sendable (_ phase: Int, _ chunk: Int) -> Void) {
        floor.run(phases: phases, body)
    }
}
