import RunicTesting
import Testing

@testable import RunicText

@Suite("Short texts as ids")
struct EncodedTextTests {
    private static let plain: [(String, [String: String])] = [("decode", [:]), ("normalize", [:])]

    private func pipeline(
        _ stages: [(String, [String: String])], unit: String, locale: String? = nil
    ) throws -> TextPipeline {
        let segment = ["unit": unit].merging(locale.map { ["locale": $0] } ?? [:]) { $1 }
        return try TextPipeline(
            PipelineDescription(
                stages: stages.map { StageDescription(name: $0.0, options: $0.1) } + [
                    StageDescription(name: "segment", options: segment)
                ]))
    }

    /// The symbols of the text's chunks, read one after the other.
    private func apart(_ text: [UInt8], _ pipeline: TextPipeline, size: Int) throws -> (symbols: [Symbol], chunks: Int)
    {
        var (symbols, start, chunks) = ([Symbol](), 0, 0)
        while start < text.count {
            let end = pipeline.chunkEnd(of: text, from: start, size: size)
            try #require(end > start)
            symbols += try pipeline.symbols(of: Array(text[start..<end]), isContinuation: start > 0)
            (start, chunks) = (end, chunks + 1)
        }
        return (symbols, chunks)
    }

    @Test(
        "the chunks of a long prompt give the symbols of the whole, whatever unit and stages",
        arguments: [
            (plain, "grapheme", nil), (plain, "codepoint", nil), (plain, "byte", nil), (plain, "word", nil),
            (plain, "grapheme", "th"), (plain + [("strip", ["what": "markup"])], "grapheme", nil),
            (plain + [("replace", ["pattern": "a+ ", "with": "-"])], "grapheme", nil),
            ([("decode", ["encoding": "windows-1252"]), ("fields", ["column": "1"])], "word", nil),
            (plain + [("case", ["to": "title"])], "grapheme", nil),
            (plain + [("spaces", ["runs": "one"])], "word", nil),
        ])
    func longPrompts(stages: [(String, [String: String])], unit: String, locale: String?) throws {
        let pipeline = try pipeline(stages, unit: unit, locale: locale)
        var generator = Generator(state: 61)
        let words = [
            "the cat", "aaa ", "<b>", "<b class=\"x y\">", "</b>", "\n", "\r\n", "\u{FEFF}", "e\u{301}",
            "\u{6F22}\u{5B57}",
            "can't ", "3.5", "\u{E01}\u{E33}",
        ]
        for _ in 0..<40 {
            let text = bytes(randomText(&generator, words, count: 60))
            let whole = try pipeline.symbols(of: text)
            for size in [1, 8, 50] {
                let isSame = try apart(text, pipeline, size: size).symbols == whole
                #expect(isSame, "\(String(decoding: text, as: UTF8.self)) in chunks of \(size)")
            }
        }
    }

    @Test("a prompt is cut where it can be, at about the size asked for")
    func sizes() throws {
        let text = bytes(String(repeating: "words and words ", count: 4_000))
        #expect(try apart(text, pipeline(Self.plain, unit: "grapheme"), size: 4_096).chunks == 16)
        #expect(try apart(text, pipeline(Self.plain, unit: "word"), size: 4_096).chunks == 1)
        let lines = bytes(String(repeating: "words and words\n", count: 4_000))
        #expect(try apart(lines, pipeline(Self.plain, unit: "word"), size: 4_096).chunks == 16)
        let files = [("decode", ["encoding": "auto"]), ("fields", ["column": "1"])]
        #expect(try apart(lines, pipeline(files, unit: "grapheme"), size: 4_096).chunks == 16)
        let marked = Self.plain + [("strip", ["what": "markup"])]
        #expect(try apart(lines, pipeline(marked, unit: "grapheme"), size: 4_096).chunks == 1)
    }

    @Test("unseen symbols are unknown or spelled, and a corpus counts them as a short text does")
    func unseen() throws {
        let folder = try TemporaryFolder()
        let pipeline = try TextPipeline()
        let counts = [Symbol(bytes("a")): 1, Symbol(bytes("b")): 1]
        let text = "axb\u{1F600}ax"
        let source = try TextSource(paths: [try folder.write(text, to: "t")])
        for (options, unknown, spelled, dropped) in [
            (VocabularyOptions(), 3, 0, 0), (VocabularyOptions(includeUnknown: .never), 3, 0, 3),
            (VocabularyOptions(fallback: .bytes), 0, 3, 0),
        ] {
            let vocabulary = try Vocabulary(unit: .grapheme, counts: counts, options: options)
            let encoded = try pipeline.encode(text, vocabulary: vocabulary)
            #expect(encoded.symbolCount == 6 && encoded.unseenSymbols == 3)
            #expect(encoded.unknownSymbols == unknown && encoded.spelledSymbols == spelled)
            #expect(encoded.droppedSymbols == dropped)
            #expect(
                encoded.unknownExamples == (unknown > 0 ? [Symbol(bytes("x")), Symbol(bytes("\u{1F600}"))] : []))
            let corpus = try CorpusEncoder(pipeline: pipeline).encode(source, with: vocabulary)
            #expect(corpus.statistics.unknownSymbols == unknown && corpus.statistics.spelledSymbols == spelled)
            #expect(corpus.identifiers.filter { $0 != Vocabulary.absent } == encoded.identifiers)
        }
    }
}
