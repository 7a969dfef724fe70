internal import RunicFiles

/// Takes the output of a program, at once and without buffering.
public protocol ByteSink {
    /// Whether results go to a terminal, which text must not control.
    var isTerminal: Bool { get }

    /// Writes all bytes; false if the channel takes no more.
    mutating func write(_ bytes: [UInt8], to channel: OutputChannel) -> Bool
}

extension ByteSink {
    /// False: not a terminal.
    public var isTerminal: Bool { false }
}

/// The two outputs of a program.
public enum OutputChannel: Hashable, Sendable {
    /// Standard output, for results.
    case result
    /// Standard error, for messages.
    case message
}

/// Standard output and standard error.
public final class StandardStreams: ByteSink {
    /// Why standard output takes no more; nil as long as it does.
    public private(set) var failure: Failure?

    /// Why a stream takes no more.
    public enum Failure: Equatable {
        /// Its reader has ended, which is no error of this program.
        case closedPipe
        /// The system's reason.
        case other(String)
    }

    /// Creates the sink.
    public init() {}

    /// Whether standard output is a terminal.
    public var isTerminal: Bool { Terminal.hasOutput }

    /// Writes to standard output or standard error.
    public func write(_ bytes: [UInt8], to channel: OutputChannel) -> Bool {
        guard channel == .result else { return (try? Descriptor.standardError.write(bytes)) != nil }
        do throws(SystemError) {
            try Descriptor.standardOutput.write(bytes)
            return true
        } catch {
            failure = failure ?? (error.isClosedPipe ? .closedPipe : .other(error.reason))
            return false
        }
    }
}
