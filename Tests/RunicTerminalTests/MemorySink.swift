import RunicTerminal

/// Keeps what is written.
final class MemorySink: ByteSink {
    var results: [UInt8] = []
    var messages: [UInt8] = []
    /// After how many bytes of results the sink takes no more.
    var capacity = Int.max
    /// Whether results go to what stands for a terminal.
    var isTerminal = false

    func write(_ bytes: [UInt8], to channel: OutputChannel) -> Bool {
        switch channel {
        case .result: results += bytes
        case .message: messages += bytes
        }
        return results.count <= capacity
    }
}
