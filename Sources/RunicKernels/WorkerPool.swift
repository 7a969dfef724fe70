internal import CRunicKernels
internal import Glibc
internal import Synchronization

/// A few threads that run numbered tasks together and wait for each other.
///
/// The caller is one of the workers. Tasks are handed out in order, one by one; which worker gets which is left
/// open, so a task's result must depend on its number alone. Between two runs the workers spin for a moment before
/// they sleep, so that the phases of a training step follow each other without a wake-up.
@safe
package final class WorkerPool: @unchecked Sendable {
    // Sendable by hand: the job is written before `generation` is raised (release) and read after it is seen (acquire).
    private let generation = Atomic<Int>(0)
    private let nextTask = Atomic<Int>(0)
    private let running = Atomic<Int>(0)
    private let stopping = Atomic<Bool>(false)
    private let sleepers = Atomic<Int>(0)
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var threads: [pthread_t] = []
    private var job: (@Sendable (Int) -> Void)?
    private var taskCount = 0
    /// The number of workers, the caller included.
    package let workerCount: Int

    /// - Precondition: `workerCount` is positive.
    package init(workerCount: Int) {
        precondition(workerCount > 0, "\(workerCount) workers")
        self.workerCount = workerCount
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(wake, nil)
        for _ in 1..<max(workerCount, 1) { startThread() }
    }

    deinit {
        stopping.store(true, ordering: .releasing)
        announce()
        for thread in threads { pthread_join(thread, nil) }
        unsafe pthread_cond_destroy(wake)
        unsafe pthread_mutex_destroy(mutex)
        unsafe wake.deallocate()
        unsafe mutex.deallocate()
    }

    /// Runs `body(0)` … `body(tasks - 1)`, and returns when all are done.
    package func run(tasks: Int, _ body: @escaping @Sendable (Int) -> Void) {
        guard workerCount > 1 && tasks > 1 else {
            MatrixLibrary.useOneThread()
            for task in 0..<tasks { body(task) }
            return
        }
        job = body
        taskCount = tasks
        nextTask.store(0, ordering: .relaxed)
        running.store(workerCount, ordering: .relaxed)
        announce()
        MatrixLibrary.useOneThread()
        work()
        while running.load(ordering: .acquiring) > 0 { Self.pause() }
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
        guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
        unsafe pthread_mutex_lock(mutex)
        unsafe pthread_cond_broadcast(wake)
        unsafe pthread_mutex_unlock(mutex)
    }

    /// About how often a worker looks for new work before it sleeps: some 50 microseconds.
    private static let spins = 2_000

    private func serve() {
        MatrixLibrary.useOneThread()
        var seen = 0
        while true {
            var looks = 0
            while generation.load(ordering: .acquiring) == seen {
                looks += 1
                if looks < Self.spins { Self.pause() } else { sleepUntilChange(from: seen) }
            }
            seen += 1
            if stopping.load(ordering: .acquiring) { return }
            work()
        }
    }

    private func sleepUntilChange(from seen: Int) {
        sleepers.add(1, ordering: .sequentiallyConsistent)
        unsafe pthread_mutex_lock(mutex)
        while generation.load(ordering: .sequentiallyConsistent) == seen { unsafe pthread_cond_wait(wake, mutex) }
        unsafe pthread_mutex_unlock(mutex)
        sleepers.subtract(1, ordering: .sequentiallyConsistent)
    }

    private static func pause() { runic_pause() }

    private func startThread() {
        var thread = pthread_t()
        // The thread must not keep the pool alive, or the pool would never end: deinit joins it.
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        let status = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<WorkerPool>.fromOpaque(context).takeUnretainedValue().serve()
                return nil
            }, context)
        precondition(status == 0, "cannot start a thread: error \(status)")
        threads.append(thread)
    }
}
