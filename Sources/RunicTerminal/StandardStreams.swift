/// Standard output and standard error.
public struct StandardStreams: ByteSink {
    /// Creates the sink.
    public init() {}

    /// Writes to standard output or standard error.
    public func write(_ bytes: [UInt8], to channel: OutputChannel) -> Bool {
        switch channel {
        case .result: Descriptor.standardOutput.write(bytes)
        case .message: Descriptor.standardError.write(bytes)
        }
    }
}
