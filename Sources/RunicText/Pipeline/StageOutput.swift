internal import CRunicText

/// What a stage gives, and which bytes of its input each part of that stands for.
///
/// A stage accounts for every byte of its input, in order: it passes bytes on, replaces some by others, or drops them. So any
/// symbol can be traced to the bytes of the original file, through every stage. Bytes that a stage cannot settle yet are accounted
/// for later, when it settles them.
public struct StageOutput: Sendable {
    /// What the stage gave since the last call of ``clear()``.
    public private(set) var bytes: [UInt8] = []

    /// How many bytes of the input have been accounted for, since the text began.
    public private(set) var accounted = 0

    /// Which parts are not as they were in the input, since the last call of ``clear()``; recorded on demand.
    package private(set) var edits = EditList()
    /// Whether edits are kept: fine accounting is worth its time.
    package let recordsEdits: Bool

    /// An empty output.
    ///
    /// - Parameter recordsEdits: whether the stage's edits are kept, to trace symbols by.
    public init(recordsEdits: Bool = false) {
        self.recordsEdits = recordsEdits
    }

    /// Gives the next bytes of the input as they are. Linear.
    public mutating func pass(_ unchanged: Span<UInt8>) {
        bytes.append(unchanged)
        accounted += unchanged.count
        if recordsEdits { edits.keep(unchanged.count) }
    }

    /// Gives `new` in place of the next `count` bytes of the input. Linear in the length of `new`.
    public mutating func replace(_ count: Int, with new: Span<UInt8>) {
        bytes.append(new)
        accounted += count
        if recordsEdits { edits.replace(count, with: new.count) }
    }

    /// Gives `new` in place of the next `count` bytes of the input. Linear in the length of `new`.
    public mutating func replace(_ count: Int, with new: [UInt8]) {
        replace(count, with: new.span)
    }

    /// Leaves out the next `count` bytes of the input.
    public mutating func drop(_ count: Int) {
        replace(count, with: Span())
    }

    /// Gives what C made of the next bytes of the input. Linear.
    mutating func give(_ edited: runic_edited) {
        let text = unsafe Span(_unsafeElements: UnsafeBufferPointer(start: edited.bytes, count: edited.count))
        let changes = unsafe Span(
            _unsafeElements: UnsafeBufferPointer(start: edited.changes, count: edited.change_count))
        var start = 0
        for index in 0..<changes.count {
            let change = changes[index]
            accounted += change.unchanged + change.input
            start += change.unchanged + change.output
            if recordsEdits {
                edits.keep(change.unchanged)
                edits.replace(change.input, with: change.output)
            }
        }
        bytes.append(text)
        accounted += text.count - start
        if recordsEdits { edits.keep(text.count - start) }
    }

    /// Forgets what was given, and keeps its memory for the next chunk.
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
