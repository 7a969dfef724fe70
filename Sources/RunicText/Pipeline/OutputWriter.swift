/// Writes to a stage's output so that a separator accounts for all bytes that were left out before it: it can be traced to everything
/// between its neighbours.
struct OutputWriter {
    /// Bytes of the input that were left out and are not accounted for yet.
    private(set) var skipped = 0

    /// Leaves out the next `count` bytes.
    mutating func skip(_ count: Int) {
        skipped += count
    }

    /// Passes the next bytes on.
    mutating func keep(_ bytes: Span<UInt8>, into output: inout StageOutput) {
        guard !bytes.isEmpty else { return }
        flush(into: &output)
        output.pass(bytes)
    }

    /// Replaces only the next `count` bytes by `new`.
    mutating func replace(_ count: Int, with new: [UInt8], into output: inout StageOutput) {
        flush(into: &output)
        output.replace(count, with: new)
    }

    /// Replaces the bytes that were left out by `new`.
    mutating func put(_ new: [UInt8], into output: inout StageOutput) {
        output.replace(skipped, with: new)
        skipped = 0
    }

    /// Accounts for the bytes that were left out.
    mutating func flush(into output: inout StageOutput) {
        if skipped > 0 { output.drop(skipped) }
        skipped = 0
    }
}
