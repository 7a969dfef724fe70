internal import Foundation

/// A serial queue that blocks the caller who adds work while too much is waiting.
///
/// As a session's delegate queue it slows the connection down to the speed of writing; otherwise the body would pile up in
/// memory. (Suspending the task instead makes Foundation deliver some bytes twice.)
///
/// Unchecked: it only adds a semaphore to `OperationQueue`, and nothing that changes.
final class WaitingQueue: OperationQueue, @unchecked Sendable {
    private let places: DispatchSemaphore

    /// - Parameter places: the number of operations that may wait.
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
