internal import CRunicText

/// The output of a stage, and the input bytes that each part of it accounts for.
///
/// A stage accounts for every byte of its input, in order: it passes bytes on, replaces them, or drops them. So any symbol can be traced
/// through every stage to the bytes of the original file. Bytes that a stage cannot settle yet are accounted for later.
public struct StageOutput: Sendable {
    /// The output since the last call of ``clear()``.
    public private(set) var bytes: [UInt8] = []

    /// Bytes of the input that have been accounted for since the text began.
    public private(set) var accounted = 0

    /// Whether any byte was replaced or dropped, in any text so far.
    package private(set) var hasChanged = false

    /// The edits since the last call of ``clear()``, if they are recorded.
    package private(set) var edits = EditList()
    /// Whether edits are recorded: stages may then account in finer detail.
    package let recordsEdits: Bool

    /// Bytes that ``bytes`` may still take; what goes beyond is left out.
    package internal(set) var room = Int.max
    /// Whether bytes were left out for lack of ``room``.
    package private(set) var isOverfull = false

    /// Creates an empty output.
    ///
    /// - Parameter recordsEdits: whether to record edits, which tracing needs.
    public init(recordsEdits: Bool = false) {
        self.recordsEdits = recordsEdits
    }

    /// Passes the next bytes of the input on. Linear.
    public mutating func pass(_ unchanged: Span<UInt8>) {
        append(unchanged)
        accounted += unchanged.count
        if recordsEdits { edits.keep(unchanged.count) }
    }

    /// Replaces the next `count` bytes of the input by `new`. Linear in the length of `new`.
    public mutating func replace(_ count: Int, with new: Span<UInt8>) {
        append(new)
        accounted += count
        if count > 0 || !new.isEmpty { hasChanged = true }
        if recordsEdits { edits.replace(count, with: new.count) }
    }

    /// Replaces the next `count` bytes of the input by `new`. Linear in the length of `new`.
    public mutating func replace(_ count: Int, with new: [UInt8]) {
        replace(count, with: new.span)
    }

    /// Leaves out the next `count` bytes of the input.
    public mutating func drop(_ count: Int) {
        replace(count, with: Span())
    }

    /// Takes the output of C for the next bytes of the input. Linear.
    mutating func give(_ edited: runic_edited) {
        let text = unsafe Span(_unsafeElements: UnsafeBufferPointer(start: edited.bytes, count: edited.count))
        let changes = unsafe Span(
            _unsafeElements: UnsafeBufferPointer(start: edited.changes, count: edited.change_count))
        var start = 0
        if !changes.isEmpty { hasChanged = true }
        for index in 0..<changes.count {
            let change = changes[index]
            accounted += change.unchanged + change.input
            start += change.unchanged + change.output
            if recordsEdits {
                edits.keep(change.unchanged)
                edits.replace(change.input, with: change.output)
            }
        }
        append(text)
        accounted += text.count - start
        if recordsEdits { edits.keep(text.count - start) }
    }

    private mutating func append(_ text: Span<UInt8>) {
        guard text.count <= room else {
            isOverfull = true
            return
        }
        room -= text.count
        bytes.append(text)
    }

    /// Empties the output; its memory is reused for the next chunk.
    package mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        edits.removeAll()
    }

    /// Begins another text.
    package mutating func restart() {
        clear()
        accounted = 0
    }
}
