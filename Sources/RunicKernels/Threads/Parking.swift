internal import Glibc
internal import Synchronization

/// A place where threads sleep until a condition holds.
@safe
final class Parking: @unchecked Sendable {
    // Sendable by hand: the mutex and the condition are made for many threads.
    private let sleepers = Atomic<Int>(0)
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(changed, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(changed)
        unsafe pthread_mutex_destroy(mutex)
        unsafe changed.deallocate()
        unsafe mutex.deallocate()
    }

    /// Wakes all sleepers. Call it after changing what they wait for, with sequential consistency.
    func wake() {
        guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
        unsafe pthread_mutex_lock(mutex)
        unsafe pthread_cond_broadcast(changed)
        unsafe pthread_mutex_unlock(mutex)
    }

    /// Sleeps until the condition holds; the condition must read with sequential consistency.
    func sleep(until condition: () -> Bool) {
        sleepers.add(1, ordering: .sequentiallyConsistent)
        unsafe pthread_mutex_lock(mutex)
        while !condition() { unsafe pthread_cond_wait(changed, mutex) }
        unsafe pthread_mutex_unlock(mutex)
        sleepers.subtract(1, ordering: .sequentiallyConsistent)
    }
}
