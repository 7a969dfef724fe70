import RunicTesting
import Testing

@testable import RunicText

struct WordTests {
    private static let texts = [
        "", "The quick (\"brown\") fox can't jump 32.3 feet, right?\r\n\r\nNo.\n", "日本語の文章を単語に分ける。\nカタカナ語",
        "ภาษาไทยไม่มีช่องว่าง\nคำ", "a\nb\r\nc\rd", "\n\n\n", "tell-tale k:n e\u{301}te\u{301} \u{1F468}\u{200D}\u{1F469}",
        "שלום עולם \"מא\"ב", "\u{1F1E9}\u{1F1EA}\u{1F1EB} x", "क्षत्रिय है",
    ]

    private func cut(_ cutter: SymbolCutter, _ chunks: [[UInt8]]) throws -> [[UInt8]] {
        var collector = SymbolCollector()
        for chunk in chunks { try cutter.feed(chunk.span, isFinal: false, into: &collector) }
        try cutter.feed(Span(), isFinal: true, into: &collector)
        return collector.symbols.map(\.bytes)
    }

    @Test(
        "words and clusters are those of ICU over the whole text, whatever the chunk size",
        arguments: [TextUnit.word, .grapheme], ["", "en", "th", "ja", "fi", "he"])
    func whole(unit: TextUnit, locale: String) throws {
        let cutter = try SymbolCutter(unit: unit, locale: locale)
        var texts = RandomTexts(generator: Generator(state: 19))
        for text in Self.texts + trickyTexts + (0..<30).map({ _ in texts.next(upTo: 60) }) {
            let text = bytes(text)
            let expected = wholeSymbols(unit == .word ? 1 : 0, locale, text)
            for size in [1, 2, 3, 7, 1000] {
                let isExpected = try cut(cutter, chunks(text, of: size)) == expected
                #expect(isExpected, "\(String(decoding: text, as: UTF8.self)) in chunks of \(size)")
            }
        }
    }

    @Test(
        "words of scripts without spaces are those that ICU finds in UTF-16",
        arguments: [0x1000..<0x1050, 0x1780..<0x17D4, 0x0E81..<0x0EDE, 0x0E01..<0x0E4F] as [Range<UInt32>])
    func withoutSpaces(_ script: Range<UInt32>) throws {
        let cutter = try SymbolCutter(unit: .word)
        var generator = Generator(state: UInt64(script.lowerBound))
        for round in 0..<400 {
            var text = String.UnicodeScalarView()
            // Short texts too: ICU looks for words only where two could be.
            for _ in 0..<(1 + generator.next(below: round < 200 ? 6 : 60)) {
                let value = script.lowerBound + UInt32(generator.next(below: script.count))
                if let scalar = Unicode.Scalar(value), scalar.properties.age != nil { text.append(scalar) }
            }
            // Code points of one, two and four bytes before it move every offset.
            let whole = bytes(["", "a ", "é ", "\u{1F468} "][round % 4] + String(text))
            let found = try cut(cutter, [whole])
            #expect(found == wholeSymbols(1, "", whole), "\(text.map { String($0.value, radix: 16) })")
        }
    }

    @Test("a Burmese stack of two consonants is one word")
    func stack() throws {
        let text = bytes("\u{1000}\u{1039}\u{1000}")
        #expect(try cut(SymbolCutter(unit: .word), [text]) == [text])
        #expect(try cut(SymbolCutter(unit: .word, version: 1), [text]).count == 2, "as models of version 0.1.0 read it")
    }

    @Test("a pipeline of words is new in version 2, and an older one keeps its words; no other unit has a version 2")
    func versions() throws {
        func pipeline(_ unit: String, version: Int?) throws -> TextPipeline {
            try TextPipeline(
                PipelineDescription(stages: [
                    StageDescription(name: "segment", version: version, options: ["unit": unit])
                ]))
        }
        let text = bytes("\u{1000}\u{1039}\u{1000}")
        for (version, words) in [(1, 2), (2, 1), (nil, 1)] {
            let pipeline = try pipeline("word", version: version)
            #expect(pipeline.description.stages[0].version == version ?? 2)
            #expect(try pipeline.trace(text).count == words)
        }
        #expect(try pipeline("grapheme", version: nil).description.stages[0].version == 1)
        for (unit, version) in [("grapheme", 2), ("byte", 2), ("word", 3), ("word", 0)] {
            #expect(throws: TextError.self) { try pipeline(unit, version: version) }
        }
    }

    @Test("more symbols than fit at once, and bytes that are not UTF-8, are cut all the same")
    func long() throws {
        let text = Array(repeatElement(bytes("ab c\u{301}d, "), count: 10_000).joined())
        #expect(try cut(SymbolCutter(unit: .word), chunks(text, of: 65_536)) == wholeSymbols(1, "", text))
        let bad: [UInt8] = [0x61, 0xFF, 0x20, 0xE2, 0x82]
        #expect(try cut(SymbolCutter(unit: .word), chunks(bad, of: 1)).flatMap(\.self) == bad)
    }

    @Test("a pipeline of words knows their places, and their vocabulary survives")
    func pipeline() throws {
        let description = PipelineDescription(stages: [
            StageDescription(name: "decode"),
            StageDescription(name: "segment", options: ["unit": "word", "locale": "en"]),
        ])
        let pipeline = try TextPipeline(description)
        let text = bytes("\u{FEFF}It's a naïve\r\ntest.")
        let found = try pipeline.trace(text)
        let words = ["It's", " ", "a", " ", "naïve", "\r\n", "test", "."]
        #expect(found.map(\.symbol) == words.map { Symbol(bytes($0)) })
        for traced in found { #expect(Array(text[traced.range]) == traced.symbol.bytes) }
        let counts = Dictionary(found.map { ($0.symbol, 1) }, uniquingKeysWith: +)
        let vocabulary = try Vocabulary(unit: .word, counts: counts)
        #expect(
            vocabulary.decode(try pipeline.encode(text, vocabulary: vocabulary).identifiers) == Array(text.dropFirst(3))
        )
    }

    @Test("a locale is one that ICU knows, and for words and clusters alone")
    func refusals() {
        for options in [
            ["unit": "word", "locale": "klingon"], ["unit": "codepoint", "locale": "en"],
            ["unit": "byte", "locale": "en"],
            ["locale": ""], ["unit": "sentence"],
        ] {
            #expect(throws: TextError.self) {
                try TextPipeline(PipelineDescription(stages: [StageDescription(name: "segment", options: options)]))
            }
        }
    }

    @Test("a paragraph without end is an error that names the file, whatever the chunk size")
    func limits() throws {
        let long = [UInt8](repeating: 0x20, count: ParagraphSegmenter.paragraphLimit) + [0x0A]
        for size in [1 << 20, 32 << 20] {
            let segmenter = try ParagraphSegmenter(.words, locale: "")
            var counter = SymbolCounter()
            #expect(
                throws: TextError.stageFailed(
                    name: "segment", path: "x.txt",
                    reason: "a paragraph has more than 16777216 bytes; put line feeds into it")
            ) {
                for chunk in chunks(long, of: size) {
                    try segmenter.feed(chunk.span, isFinal: false, path: "x.txt", into: &counter)
                }
            }
        }
    }
}
