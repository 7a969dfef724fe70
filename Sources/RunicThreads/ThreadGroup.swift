internal import Glibc

/// Threads that are started together and joined together.
package struct ThreadGroup: Sendable {
    private let threads: [pthread_t]

    /// The number of threads that run.
    package var count: Int { threads.count }

    /// Starts threads that each run `body` with their number, from 0; fewer than `count` if the system has no more.
    package init(count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        var threads: [pthread_t] = []
        for index in 0..<count {
            var thread = pthread_t()
            let context = unsafe Unmanaged.passRetained(Start(body: body, index: index)).toOpaque()
            let status = unsafe pthread_create(
                &thread, nil,
                { context in
                    guard let context = unsafe context else { return nil }
                    let start = unsafe Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
                    start.body(start.index)
                    return nil
                }, context)
            guard status == 0 else {
                unsafe Unmanaged<Start>.fromOpaque(context).release()
                break
            }
            threads.append(thread)
        }
        self.threads = threads
    }

    /// Waits until every body has returned.
    package func join() { for thread in threads { pthread_join(thread, nil) } }

    private final class Start: Sendable {
        let body: @Sendable (Int) -> Void
        let index: Int

        init(body: @escaping @Sendable (Int) -> Void, index: Int) {
            self.body = body
            self.index = index
        }
    }
}
