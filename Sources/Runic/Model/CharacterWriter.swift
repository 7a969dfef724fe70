internal import RunicSampling
internal import RunicText
internal import RunicDisplay

/// Turns drawn ids into text. If the vocabulary spells in bytes, a character is returned with its last byte, and only bytes that keep
/// the text valid UTF-8 can be drawn.
struct CharacterWriter: Sendable {
    /// The ids of the bytes; nil if the symbol of every id is text.
    private let bytes: Range<Int>?
    private var sequence = UTF8Sequence()

    /// Creates a writer for ids whose symbols are all text.
    init() { bytes = nil }

    init(_ vocabulary: Vocabulary) {
        // A model whose unit is the byte writes each byte at once.
        bytes = vocabulary.unit == .byte ? nil : vocabulary.byteIdentifiers
    }

    /// The ids that are never drawn between two characters.
    static func banned(_ vocabulary: Vocabulary) -> [Int] {
        guard let bytes = CharacterWriter(vocabulary).bytes else { return [] }
        return bytes.filter { !UTF8Sequence.begins(UInt8($0 - bytes.lowerBound)) }
    }

    /// Draws the next id.
    ///
    /// - Precondition: the sampler is ``TextModel/makeSampler(_:registry:)``'s or bans the same ids.
    func draw(from logits: Span<Float>, sampler: inout Sampler) -> Int {
        guard let bytes, let next = sequence.continuation else { return sampler.draw(from: logits) }
        let first = bytes.lowerBound
        return sampler.draw(from: logits, within: (first + Int(next.lowerBound))..<(first + Int(next.upperBound) + 1))
    }

    /// The text that a drawn byte completes; empty while its character lacks bytes.
    ///
    /// - Returns: nil for an id that is no byte: its text is that of the vocabulary.
    mutating func write(_ identifier: Int) -> [UInt8]? {
        guard let bytes, bytes.contains(identifier) else { return nil }
        return sequence.take(UInt8(identifier - bytes.lowerBound))
    }

    /// Drops an unfinished character: other text follows.
    mutating func reset() { sequence.reset() }
}
