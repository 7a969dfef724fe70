/// Assembles text from bytes: an incomplete character waits for its rest, and invalid bytes become U+FFFD.
public struct UTF8Assembler: Sendable {
    private var pending: [UInt8] = []

    /// Creates an assembler with nothing waiting.
    public init() {}

    /// Adds bytes and returns the text that is now complete.
    public mutating func add(_ bytes: [UInt8]) -> String {
        pending += bytes
        let complete = pending.count - incompleteSuffix
        let text = String(decoding: pending[..<complete], as: UTF8.self)
        pending.removeFirst(complete)
        return text
    }

    /// Ends the text: returns nothing, or U+FFFD for an incomplete character.
    public mutating func finish() -> String {
        defer { pending = [] }
        return String(decoding: pending, as: UTF8.self)
    }

    /// The length of an incomplete character at the end of `pending`, 0 to 3 bytes.
    private var incompleteSuffix: Int {
        for length in 1...3 where length <= pending.count {
            let lead = pending[pending.count - length]
            guard lead & 0xC0 != 0x80 else { continue }
            guard length < UTF8Sequence.length(from: lead) else { return 0 }
            let isGood = length == 1 || UTF8Sequence.second(after: lead).contains(pending[pending.count - length + 1])
            return isGood ? length : 0
        }
        return 0
    }
}
