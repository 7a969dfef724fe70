internal import Synchronization

/// Runs `body(0)` … `body(count - 1)`, each once, and returns when all are done.
///
/// There are as many threads as bodies, the caller's included, or fewer if the system has no more: then a thread runs several
/// bodies, one after the other, so a body must not wait for another one to begin. (Dispatch would wait for threads for ever.)
///
/// - Precondition: `count` is not negative.
package func concurrently(_ count: Int, _ body: @Sendable (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
        let next = Numbers()
        @Sendable func work() { while let number = next.take(below: count) { body(number) } }
        let helpers = ThreadGroup(count: max(count - 1, 0)) { _ in work() }
        work()
        helpers.join()
    }
}

/// Hands out numbers from 0 on.
private final class Numbers: Sendable {
    private let next = Atomic<Int>(0)

    func take(below count: Int) -> Int? {
        let number = next.add(1, ordering: .relaxed).oldValue
        return number < count ? number : nil
    }
}
