internal import CRunicEdit

/// Tells that the user wants what is running to stop.
public struct InterruptFlag: Sendable {
    private let read: @Sendable () -> Bool
    private let reset: @Sendable () -> Void

    /// Creates a flag from what reads and what clears it.
    public init(isRequested: @escaping @Sendable () -> Bool, clear: @escaping @Sendable () -> Void) {
        read = isRequested
        reset = clear
    }

    /// The process's flag, which Ctrl-C sets after `catchSignals`.
    public static let signals = InterruptFlag(
        isRequested: { runic_interrupt_requested() != 0 }, clear: { runic_interrupt_clear() })

    /// Whether a stop was requested since the last clear.
    ///
    /// - Complexity: O(1), one atomic read: cheap enough for every symbol.
    public var isRequested: Bool { read() }

    /// Forgets the request.
    public func clear() { reset() }

    /// Lets Ctrl-C (SIGINT) set the flag of the process instead of ending it; Ctrl-\ (SIGQUIT) is ignored.
    ///
    /// - Parameters:
    ///   - terminations: whether SIGTERM sets it too, so that a training that is shut down still saves its model.
    ///   - limit: after how many signals without a clear the process ends at once; nil: never.
    public static func catchSignals(terminations: Bool = false, endingAfter limit: Int? = nil) {
        runic_interrupt_install(terminations ? 1 : 0, Int32(clamping: limit ?? 0))
    }

    /// Lets the signals do again what they did before `catchSignals`.
    public static func releaseSignals() {
        runic_interrupt_remove()
    }
}
