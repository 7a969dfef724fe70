/// Takes what a program prints, at once and without buffering.
public protocol ByteSink {
    /// Writes all bytes; false if the channel takes no more.
    mutating func write(_ bytes: [UInt8], to channel: OutputChannel) -> Bool
}
