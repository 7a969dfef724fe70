/// Cuts a long prompt into parts that are read one after another, so that reading can be interrupted.
///
/// A cut lies behind a new line or between two printable ASCII characters, where no grapheme cluster and no normalisation goes
/// across. A text without such a place is not cut, and neither is one of up to `partSize` bytes.
enum PromptCutter {
    static let partSize = 4096

    /// The end of the part that begins at `start`.
    static func end(of bytes: [UInt8], from start: Int) -> Int {
        guard bytes.count - start > partSize else { return bytes.count }
        let goal = start + partSize
        let nearby = (start + partSize / 2...goal).reversed()
        if let cut = nearby.first(where: { bytes[$0 - 1] == UInt8(ascii: "\n") }) { return cut }
        if let cut = nearby.first(where: { isPlain(bytes[$0 - 1]) && isPlain(bytes[$0]) }) { return cut }
        return (goal..<bytes.count).first { isPlain(bytes[$0 - 1]) && isPlain(bytes[$0]) } ?? bytes.count
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F
    }
}
