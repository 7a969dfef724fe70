internal import RunicSymbols
internal import RunicText

/// The findings that need ids.
package struct TextAnalysis: Sendable {
    package let split: SplitReport
    /// The parts that `--split-streams 10` would make; nil where the text is divided into streams already.
    package let streamedSplit: SplitReport?
    /// Symbols of validation and test that training lacks, the most frequent first; at most ten.
    package let unseen: [SymbolReport]
    package let entropy: TextEntropy
    package let heldOut: HeldOutFigure?
    package let lines: RepeatedPassages
    /// Paragraphs, or documents where a separator is given.
    package let documents: RepeatedPassages
    package let lineLengths: LineLengths
    package let repeats: LongestRepeats
    /// The beginnings of the repeats.
    package let passages: [String]

    /// - Parameter separator: the symbols between two documents; none: empty lines.
    /// - Complexity: O(symbols); two threads.
    init(_ identifiers: SymbolSequence, _ vocabulary: Vocabulary, _ options: InspectionOptions, separator: [UInt16]) {
        let parts = TextParts(count: identifiers.count, fractions: options.split, streams: options.streams)
        let lineSplitter = PassageSplitter(.lines, vocabulary)
        let documentSplitter = PassageSplitter(separator.isEmpty ? .paragraphs : .documents(separator), vocabulary)
        let size = vocabulary.count
        let (grams, others) = Parallel.pair {
            identifiers.withSpan { ids in
                (
                    TextEntropy(of: ids), HeldOutFigure(of: ids, parts: parts, vocabularySize: size + 1),
                    SplitReport(
                        of: ids, parts: parts, fractions: options.split, streams: options.streams, vocabularySize: size),
                    options.streams == 1
                        ? SplitReport(
                            of: ids, parts: TextParts(count: ids.count, fractions: options.split, streams: 10),
                            fractions: options.split, streams: 10, vocabularySize: size) : nil
                )
            }
        } _: {
            identifiers.withSpan { ids in
                (
                    LongestRepeats(of: ids), RepeatedPassages(of: ids, parts: parts, splitter: lineSplitter),
                    RepeatedPassages(of: ids, parts: parts, splitter: documentSplitter),
                    LineLengths(of: ids, splitter: lineSplitter)
                )
            }
        }
        (entropy, heldOut, split, streamedSplit) = grams
        (repeats, lines, documents, lineLengths) = others
        passages = others.0.repeats.map { one in
            String(
                decoding: vocabulary.decode(identifiers[one.first..<(one.first + min(one.length, 200))]), as: UTF8.self)
        }
        var counts: [UInt16: Int] = [:]
        let first = Set(grams.2.unseen.prefix(10).map { UInt16($0) })
        if !first.isEmpty { for id in identifiers where first.contains(id) { counts[id, default: 0] += 1 } }
        unseen = grams.2.unseen.prefix(10).map { id in
            SymbolReport(vocabulary.symbols[id], unit: vocabulary.unit, count: counts[UInt16(id)] ?? 0)
        }
    }
}
