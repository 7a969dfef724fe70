internal import CRunicEdit

/// Whether the user has asked to stop.
public struct InterruptFlag: Sendable {
    private let read: @Sendable () -> Bool
    private let reset: @Sendable () -> Void

    /// Creates a flag from the functions that read and clear it.
    public init(isRequested: @escaping @Sendable () -> Bool, clear: @escaping @Sendable () -> Void) {
        read = isRequested
        reset = clear
    }

    /// The flag of the process, set by Ctrl-C after `catchSignals`.
    public static let signals = InterruptFlag(
        isRequested: { runic_interrupt_requested() != 0 }, clear: { runic_interrupt_clear() })

    /// Whether a stop was requested since the last clear.
    ///
    /// - Complexity: O(1), one atomic read.
    public var isRequested: Bool { read() }

    /// Forgets the request.
    public func clear() { reset() }

    /// Makes Ctrl-C (SIGINT) set the flag of the process instead of ending it, and Ctrl-\ (SIGQUIT) do nothing.
    ///
    /// - Parameters:
    ///   - terminations: whether SIGTERM sets the flag too, so training saves its model before a shutdown.
    ///   - limit: the number of signals without a clear after which the process ends at once; nil: no limit.
    public static func catchSignals(terminations: Bool = false, endingAfter limit: Int? = nil) {
        runic_interrupt_install(terminations ? 1 : 0, Int32(clamping: limit ?? 0))
    }

    /// Restores the handling of signals from before `catchSignals`.
    public static func releaseSignals() {
        runic_interrupt_remove()
    }
}
