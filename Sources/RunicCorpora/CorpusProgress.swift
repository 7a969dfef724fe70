/// How a fetch comes on.
public enum CorpusProgress: Sendable, Hashable {
    /// Bytes of the download are here; `total` is nil where the size is not known.
    case received(Int, total: Int?)
    /// Bytes of the text are unpacked.
    case unpacked(Int, total: Int)
    /// The SHA-256 is being computed.
    case checking
    /// A partial download is continued.
    case resumes(at: Int)
    /// The file at the address has changed, or cannot be continued: it is fetched from its start.
    case startsAnew
    /// Something broke; it is tried again after so many seconds.
    case waits(seconds: Double, reason: String)
}
