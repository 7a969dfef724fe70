internal import CRunicText

/// Text that is kept until its lines are complete.
struct LineBuffer {
    private(set) var bytes: [UInt8] = []
    /// The bytes of complete lines, from the start; a line ends with its line feed or the end of the text.
    private(set) var wholeCount = 0

    /// Adds the next bytes of the text. Linear in them.
    mutating func append(_ input: Span<UInt8>) {
        let before = bytes.count
        bytes.append(input)
        for index in stride(from: input.count - 1, through: 0, by: -1) where input[index] == 0x0A {
            wholeCount = before + index + 1
            break
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
