internal import Glibc

/// Threads that are started together and joined together.
struct ThreadGroup: Sendable {
    private let threads: [pthread_t]

    /// Starts threads that each run `body` with their number, from 0.
    init(count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        threads = (0..<count).map { index in
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
            precondition(status == 0, "cannot start a thread: error \(status)")
            return thread
        }
    }

    /// Waits until every body has returned.
    func join() { for thread in threads { pthread_join(thread, nil) } }

    private final class Start: Sendable {
        let body: @Sendable (Int) -> Void
        let index: Int

        init(body: @escaping @Sendable (Int) -> Void, index: Int) {
            self.body = body
            self.index = index
        }
    }
}
