internal import CRunicText

/// Text that is kept until its lines are complete.
struct LineBuffer {
    /// What ends a line.
    let rule: LineEndRule
    private(set) var bytes: [UInt8] = []
    /// The bytes of complete lines, from the start; a line ends with its line end or the end of the text.
    private(set) var wholeCount = 0

    init(_ rule: LineEndRule = .lf) { self.rule = rule }

    /// Adds the next bytes of the text. Linear in them.
    mutating func append(_ input: Span<UInt8>) {
        let before = bytes.count
        bytes.append(input)
        // A line end may have begun with the last two bytes of the input before.
        var end = bytes.count
        while end > max(before - 2, wholeCount) {
            if endsLine(before: end) {
                wholeCount = end
                return
            }
            end -= 1
        }
    }

    /// Whether a line ends with the bytes before a place, whatever follows.
    private func endsLine(before end: Int) -> Bool {
        let last = bytes[end - 1]
        if last == 0x0A { return true }
        guard rule == .any else { return false }
        switch last {
        case 0x0D: return end < bytes.count && bytes[end] != 0x0A
        case 0x85: return end >= 2 && bytes[end - 2] == 0xC2
        case 0xA8, 0xA9: return end >= 3 && bytes[end - 2] == 0x80 && bytes[end - 3] == 0xE2
        default: return false
        }
    }

    /// Ends the text: its last line is complete.
    mutating func end() { wholeCount = bytes.count }

    /// The bytes that wait for the end of their line.
    var waitingCount: Int { bytes.count - wholeCount }

    /// Passes the complete lines to `work` and forgets them; returns its status.
    mutating func take(_ work: (UnsafeBufferPointer<UInt8>) -> Int32) -> Int32 {
        guard wholeCount > 0 else { return 0 }
        let status = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe work(UnsafeBufferPointer(rebasing: bytes[0..<wholeCount]))
        }
        bytes.removeSubrange(0..<wholeCount)
        wholeCount = 0
        return status
    }

    /// Gives `output` the complete lines as `work` edits them, and forgets them; returns the status of `work`.
    mutating func give(
        to output: inout StageOutput, _ work: (UnsafeBufferPointer<UInt8>, inout runic_edited) -> Int32
    ) -> Int32 {
        unsafe take { lines in
            var edited = unsafe runic_edited()
            let status = unsafe work(lines, &edited)
            if status == 0 { unsafe output.give(edited) }
            return status
        }
    }
}
