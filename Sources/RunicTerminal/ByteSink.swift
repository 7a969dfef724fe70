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
public struct StandardStreams: ByteSink {
    /// Creates the sink.
    public init() {}

    /// Whether standard output is a terminal.
    public var isTerminal: Bool { Terminal.hasOutput }

    /// Writes to standard output or standard error.
    public func write(_ bytes: [UInt8], to channel: OutputChannel) -> Bool {
        switch channel {
        case .result: (try? Descriptor.standardOutput.write(bytes)) != nil
        case .message: (try? Descriptor.standardError.write(bytes)) != nil
        }
    }
}
