import RunicTesting
import RunicSymbols
import Testing

@testable import RunicText

struct UnknownSymbolTests {
    /// Seven symbols; those of one occurrence are unknown: two code points, one, three.
    private static let text = "e\u{323}\u{308}ababx\u{302}\u{303}\u{304}aq"

    private static let unknowns: [EncodedCorpus.Unknown] = [
        .init(symbols: 1, codePoints: 2, firstCodePoints: 2), .init(),
        .init(symbols: 1, codePoints: 4, firstCodePoints: 4), .init(symbols: 1, codePoints: 1),
    ]

    private func corpora(_ chunkSize: Int, _ unknown: UnknownRule) throws -> [EncodedCorpus] {
        let folder = try TemporaryFolder()
        let source = try TextSource(paths: [try folder.write(bytes(Self.text), to: "t")])
        let encoder = CorpusEncoder(pipeline: try TextPipeline(), chunkSize: chunkSize)
        let made = try encoder.encode(source, options: VocabularyOptions(minimumCount: 2))
        guard unknown == .never else { return [made, try encoder.encode(source, with: made.vocabulary)] }
        let known = made.vocabulary.symbols.filter { $0.count > 0 }
        return [
            try encoder.encode(source, with: try Vocabulary(unit: .grapheme, symbols: known, unknown: nil))
        ]
    }

    @Test(
        "Each part of a text knows the unknown symbols in it and their code points",
        arguments: [1, 3, 1 << 18], [UnknownRule.always, .never])
    func parts(chunkSize: Int, unknown: UnknownRule) throws {
        for corpus in try corpora(chunkSize, unknown) {
            #expect(corpus.identifiers.count == 8)
            let ranges = [0..<3, 3..<5, 5..<6, 6..<8]
            #expect(ranges.map { corpus.unknown(in: [$0]) } == Self.unknowns)
            let whole = corpus.unknown(in: ranges)
            #expect(whole == .init(symbols: 3, codePoints: 7, firstCodePoints: 2))
            #expect(
                corpus.unknown(in: [3..<3, 1..<2, 5..<8]) == .init(symbols: 2, codePoints: 5),
                "an empty range has no first symbol")
        }
    }

    @Test("The most frequent symbols that a vocabulary lacks are named, and the others counted")
    func names() throws {
        let folder = try TemporaryFolder()
        let foreign = (0..<30).map {
            String(repeating: Character(Unicode.Scalar(0x4E00 + UInt32($0)) ?? "?"), count: $0 % 3 + 1)
        }
        let source = try TextSource(paths: [try folder.write(bytes("aaaa" + foreign.joined()), to: "t")])
        let encoder = CorpusEncoder(pipeline: try TextPipeline())
        let made = try encoder.encode(source, options: VocabularyOptions(minimumCount: 4))
        let spelling = try encoder.encode(
            source, options: VocabularyOptions(minimumCount: 4, fallback: .bytes, includeUnknown: .whenNeeded))
        for corpus in [made, try encoder.encode(source, with: made.vocabulary), spelling] {
            #expect(corpus.unseen.different == 30 && corpus.unseen.first.count == 20)
            #expect(corpus.unseen.first.map(\.count) == Array(repeating: 3, count: 10) + Array(repeating: 2, count: 10))
            #expect(corpus.unseen.first.first?.symbol == Symbol(bytes("\u{4E02}")))
        }
        #expect(try encoder.encode(source).unseen == UnseenSymbols([:]))
    }
}
