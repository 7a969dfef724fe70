public import RunicArchive

/// A model made smaller: an archive to be written, and the note in it.
public struct QuantizedModel: Sendable {
    /// The archive, its metadata that of the source and the note.
    public let archive: Archive
    /// What was made, and what it changed.
    public let note: QuantizationNote
}
