internal import RunicSampling
internal import RunicText
internal import RunicDisplay

/// Makes text of drawn ids: where the vocabulary spells in bytes, a character comes when it has its last byte, and only bytes
/// can be drawn with which the text stays UTF-8.
struct CharacterWriter: Sendable {
    /// The ids of the bytes; nil where all that is drawn is text as it is.
    private let bytes: Range<Int>?
    private var sequence = UTF8Sequence()

    /// A writer of ids that all are text as they are.
    init() { bytes = nil }

    init(_ vocabulary: Vocabulary) {
        // A model whose unit is the byte writes bytes as they come.
        bytes = vocabulary.unit == .byte ? nil : vocabulary.byteIdentifiers
    }

    /// The ids that must never be drawn between two characters.
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

    /// The text that is complete with a drawn byte: none while its character lacks bytes.
    ///
    /// - Returns: nil for an id that is no byte: its text is the vocabulary's.
    mutating func write(_ identifier: Int) -> [UInt8]? {
        guard let bytes, bytes.contains(identifier) else { return nil }
        return sequence.take(UInt8(identifier - bytes.lowerBound))
    }

    /// Forgets a character that was not finished: other text follows.
    mutating func reset() { sequence.reset() }
}
