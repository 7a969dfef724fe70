internal import RunicThreads
internal import Synchronization

/// Work on two threads.
enum Parallel {
    /// Runs two closures at the same time and gives both results.
    ///
    /// - Throws: the first closure's error, or else the second's.
    static func pair<A: Sendable, B: Sendable, Reason: Error>(
        _ first: @Sendable () throws(Reason) -> A, _ second: @Sendable () throws(Reason) -> B
    ) throws(Reason) -> (A, B) {
        let results = Mutex<(Result<A, Reason>?, Result<B, Reason>?)>((nil, nil))
        concurrently(2) { index in
            if index == 0 {
                let result = Result { () throws(Reason) in try first() }
                results.withLock { $0.0 = result }
            } else {
                let result = Result { () throws(Reason) in try second() }
                results.withLock { $0.1 = result }
            }
        }
        guard case (let first?, let second?) = results.withLock({ $0 }) else {
            preconditionFailure("both have been run")
        }
        return (try first.get(), try second.get())
    }
}
