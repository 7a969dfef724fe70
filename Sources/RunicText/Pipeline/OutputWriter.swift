/// Writes to a stage's output with what is left out folded into what takes its place, so that a symbol that stands between two
/// parts can be traced to all that lay between them.
struct OutputWriter {
    /// Bytes of the input that are left out, and not accounted for yet.
    private(set) var skipped = 0

    /// Leaves out the next `count` bytes.
    mutating func skip(_ count: Int) {
        skipped += count
    }

    /// Gives the next bytes as they are.
    mutating func keep(_ bytes: Span<UInt8>, into output: inout StageOutput) {
        guard !bytes.isEmpty else { return }
        flush(into: &output)
        output.pass(bytes)
    }

    /// Gives `new` in place of the next `count` bytes alone.
    mutating func replace(_ count: Int, with new: [UInt8], into output: inout StageOutput) {
        flush(into: &output)
        output.replace(count, with: new)
    }

    /// Gives `new` in place of what was left out.
    mutating func put(_ new: [UInt8], into output: inout StageOutput) {
        output.replace(skipped, with: new)
        skipped = 0
    }

    /// Accounts for what was left out.
    mutating func flush(into output: inout StageOutput) {
        if skipped > 0 { output.drop(skipped) }
        skipped = 0
    }
}
