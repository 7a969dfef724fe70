internal import RunicDisplay
internal import RunicText

/// The ids of bytes that write characters one byte at a time, and which of them can follow which, so that the text stays UTF-8.
///
/// A vocabulary need not have all bytes: one can be drawn only if the vocabulary has another that can follow it.
final class CharacterBytes: Sendable {
    /// For each id its byte; nil for a symbol that is text of its own.
    private let bytes: [UInt8?]
    /// The ids that never begin a character.
    let neverFirst: [Int]
    /// The ids of the bytes in each range that can follow an unfinished character.
    private let continuations: [ClosedRange<UInt8>: [Int]]

    /// Nil if the vocabulary has no bytes, or none that begins a character.
    ///
    /// - Parameter isOfBytes: whether every symbol of the vocabulary is a byte; otherwise some spell what it lacks.
    init?(_ vocabulary: Vocabulary, isOfBytes: Bool) {
        var bytes = [UInt8?](repeating: nil, count: vocabulary.count)
        if isOfBytes {
            for (id, symbol) in vocabulary.symbols.enumerated() { bytes[id] = symbol.bytes.first }
        } else if let spelling = vocabulary.byteIdentifiers {
            for id in spelling { bytes[id] = UInt8(id - spelling.lowerBound) }
        }
        var continuations: [ClosedRange<UInt8>: [Int]] = [:]
        // The lead bytes whose second bytes are particular, and one of all others.
        for lead: UInt8 in [0xC2, 0xE0, 0xED, 0xF0, 0xF4] {
            let range = UTF8Sequence.second(after: lead)
            continuations[range] = bytes.indices.filter { bytes[$0].map(range.contains) ?? false }
        }
        let neverFirst = bytes.indices.filter { id in
            guard let byte = bytes[id] else { return false }
            guard UTF8Sequence.begins(byte) else { return true }
            return byte >= 0x80 && continuations[UTF8Sequence.second(after: byte)]?.isEmpty != false
        }
        let count = bytes.count { $0 != nil }
        guard count > 0, neverFirst.count < count else { return nil }
        (self.bytes, self.neverFirst, self.continuations) = (bytes, neverFirst, continuations)
    }

    /// The byte of an id; nil if its text is that of the vocabulary.
    func byte(_ identifier: Int) -> UInt8? { bytes.indices.contains(identifier) ? bytes[identifier] : nil }

    /// The ids that can follow; at least one.
    ///
    /// - Precondition: the range is one that follows a byte that was drawn, or 80 to BF.
    func identifiers(in range: ClosedRange<UInt8>) -> [Int] { continuations[range] ?? [] }
}
