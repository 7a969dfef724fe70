internal import RunicEvaluation
internal import RunicSymbols
internal import RunicText

extension PartSize {
    /// The size of a part of a corpus.
    ///
    /// Grapheme clusters are counted in the text that the ids decode to; a code point of an unknown symbol counts as one.
    ///
    /// - Parameters:
    ///   - ranges: where the part lies in the ids of the corpus, in the order of the text.
    ///   - limit: the most symbols of the part that are measured.
    /// - Throws: `TextError` if there is no memory.
    /// - Complexity: O(ids up to the end of the part).
    init(of ranges: [Range<Int>], in corpus: EncodedCorpus, limit: Int = .max) throws(TextError) {
        var left = limit
        let ranges = ranges.map { range in
            let kept = range.prefix(left)
            left -= kept.count
            return kept
        }
        let unknown = corpus.unknown(in: ranges)
        let symbols = ranges.reduce(0) { $0 + $1.count }
        let characters = try PartCharacters.count(ranges, in: corpus, unknown)
        self.init(
            charactersPerSymbol: Double(max(characters, 1)) / Double(max(symbols, 1)), unknownSymbols: unknown.symbols,
            unknownCodePoints: unknown.codePoints, firstSymbolUnknownCodePoints: unknown.firstCodePoints)
    }
}

/// Counts the grapheme clusters of a part of a corpus.
private enum PartCharacters {
    /// Ids that are decoded at a time.
    private static let block = 1 << 14

    static func count(
        _ ranges: [Range<Int>], in corpus: EncodedCorpus, _ unknown: EncodedCorpus.Unknown
    ) throws(TextError) -> Int {
        let vocabulary = corpus.vocabulary
        if vocabulary.unit == .grapheme && vocabulary.byteBase == nil { return ranges.reduce(0) { $0 + $1.count } }
        let segmenter = try Segmenter(unit: .grapheme)
        var counter = SymbolCounter()
        let unknownID = vocabulary.unknown ?? Int(Vocabulary.absent)
        for range in ranges {
            // A part may begin and end within a spelled character.
            var (bytes, isBeginning) = ([UInt8](), true)
            for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
                for id in corpus.identifiers[start..<min(start + block, range.upperBound)] {
                    bytes += Int(id) == unknownID ? [0xEF, 0xBF, 0xBD] : vocabulary.bytes(of: Int(id))
                }
                if isBeginning { bytes.removeFirst(bytes.prefix { $0 & 0xC0 == 0x80 }.count) }
                isBeginning = false
                let whole = bytes.count - unfinished(bytes)
                let text = Array(String(decoding: bytes[..<whole], as: UTF8.self).utf8)
                segmenter.feed(text.span, isFinal: false, into: &counter)
                bytes.removeFirst(whole)
            }
        }
        segmenter.feed(Span(), isFinal: true, into: &counter)
        // In the decoded text, an unknown symbol is one U+FFFD.
        return counter.symbolCount + unknown.codePoints - unknown.symbols
    }

    /// The bytes of an unfinished code point at the end of some bytes.
    private static func unfinished(_ bytes: [UInt8]) -> Int {
        for count in 1...3 where count <= bytes.count {
            let byte = bytes[bytes.count - count]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > count ? count : 0
        }
        return 0
    }
}
