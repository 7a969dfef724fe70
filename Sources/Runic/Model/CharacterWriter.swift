internal import RunicSampling
internal import RunicText
internal import RunicDisplay

/// Turns drawn ids into text. Where ids are bytes that make characters, a character is returned with its last byte, and only bytes
/// that keep the text valid UTF-8 can be drawn: in a vocabulary that spells in bytes, and in one of bytes alone if the model keeps
/// UTF-8.
struct CharacterWriter: Sendable {
    /// The bytes; nil if the symbol of every id is written at once.
    private let bytes: CharacterBytes?
    /// Whether text that is read can end within a character, which what is drawn then completes.
    private let readsBytes: Bool
    private var sequence = UTF8Sequence()
    /// Bytes of the unfinished character that were read: they are not written again.
    private var readCount = 0

    /// Creates a writer for ids whose symbols are all text.
    init() { (bytes, readsBytes) = (nil, false) }

    /// - Parameter bytes: those of the vocabulary; nil to write every symbol at once.
    init(_ bytes: CharacterBytes?, unit: TextUnit) {
        self.bytes = bytes
        readsBytes = unit == .byte
    }

    /// Draws the next id.
    ///
    /// - Precondition: the sampler is ``TextModel/makeSampler(_:registry:)``'s or bans the same ids.
    func draw(from logits: Span<Float>, sampler: inout Sampler) -> Int {
        guard let bytes, let next = sequence.continuation else { return sampler.draw(from: logits) }
        let identifiers = bytes.identifiers(in: next)
        // Text that was read may have ended with a byte that nothing in the vocabulary follows.
        return identifiers.isEmpty ? sampler.draw(from: logits) : sampler.draw(from: logits, among: identifiers)
    }

    /// The text that a drawn byte completes; empty while its character lacks bytes.
    ///
    /// - Returns: nil for an id that is no byte: its text is that of the vocabulary.
    mutating func write(_ identifier: Int) -> [UInt8]? {
        guard let bytes, let byte = bytes.byte(identifier) else { return nil }
        guard sequence.accepts(byte) else {
            // The unfinished character was read, and could not be completed.
            reset()
            return sequence.accepts(byte) ? write(identifier) : [byte]
        }
        let character = sequence.take(byte)
        guard !character.isEmpty else { return [] }
        defer { readCount = 0 }
        return Array(character.dropFirst(readCount))
    }

    /// Notes ids that were read: other text follows than an unfinished character, unless ids are bytes and end within one.
    mutating func read(_ identifiers: [UInt16]) {
        reset()
        guard let bytes, readsBytes else { return }
        // No character is longer than four bytes.
        for identifier in identifiers.suffix(4) {
            guard let byte = bytes.byte(Int(identifier)) else { continue }
            if !sequence.accepts(byte) { reset() }
            if sequence.accepts(byte) { readCount = sequence.take(byte).isEmpty ? readCount + 1 : 0 }
        }
    }

    private mutating func reset() {
        sequence.reset()
        readCount = 0
    }
}
