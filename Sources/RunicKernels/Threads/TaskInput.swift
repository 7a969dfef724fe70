/// A value that the tasks of a ``WorkerPool`` read, set by the caller between two runs.
///
/// Tasks that capture it once need not be made again for every run, so a training step allocates nothing.
@usableFromInline
package final class TaskInput<Value: Sendable>: @unchecked Sendable {
    // Sendable by hand: only the caller writes, and a barrier separates its writes from the tasks.
    @usableFromInline package var value: Value

    @inlinable
    package init(_ value: Value) { self.value = value }
}
