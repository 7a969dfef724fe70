internal import Foundation

/// A serial queue that lets whoever adds work wait while much of it is left to do.
///
/// As a session's delegate queue it holds the connection back when what came in is written more slowly than it comes:
/// else all of it would wait in memory. (Suspending the task instead makes Foundation hand some bytes over twice.)
///
/// Unchecked: it adds a semaphore to what `OperationQueue` promises, and nothing that changes.
final class WaitingQueue: OperationQueue, @unchecked Sendable {
    private let places: DispatchSemaphore

    /// A queue in which so many pieces of work may wait.
    init(places: Int) {
        self.places = DispatchSemaphore(value: places)
        super.init()
        maxConcurrentOperationCount = 1
    }

    override func addOperation(_ block: @escaping @Sendable () -> Void) {
        places.wait()
        super.addOperation { [places] in
            block()
            places.signal()
        }
    }
}
