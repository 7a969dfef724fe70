import RunicTesting
import Foundation
import Testing

@testable import RunicText

@Suite("The fallback to bytes")
struct FallbackTests {
    /// Code points of many scripts, marks, joiners, controls and the ends of ranges.
    private static let points: [UInt32] =
        Array(0..<0x30) + Array(0x41..<0x5B) + Array(0xC0..<0xD0) + Array(0x300..<0x310) + Array(0x3B1..<0x3C0)
        + Array(0x5D0..<0x5E0) + Array(0x627..<0x640) + Array(0x64B..<0x650) + Array(0x915..<0x920) + [0x94D, 0x93F]
        + Array(0xE01..<0xE10) + Array(0x1100..<0x1108) + Array(0x1161..<0x1168) + Array(0x3042..<0x3050)
        + Array(0x4E00..<0x4E20) + Array(0xAC00..<0xAC10) + [0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000]
        + Array(0x1F1E6..<0x1F1F0) + Array(0x1F466..<0x1F46A) + [0x200D, 0xFE0F, 0x2764, 0x1F3FB, 0x10FFFF]

    private func randomText(_ generator: inout Generator, _ count: Int) -> [UInt8] {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<count {
            if let scalar = Unicode.Scalar(Self.points[generator.next(below: Self.points.count)]) {
                scalars.append(scalar)
            }
        }
        return bytes(String(scalars))
    }

    private func spelling(_ symbols: [String], _ unit: TextUnit = .grapheme, base: Int? = nil) throws -> Vocabulary {
        let known = symbols.map { Symbol($0.utf8) }
        let base = base ?? known.count
        return try Vocabulary(
            unit: unit, symbols: known[..<base] + Vocabulary.byteSymbols + known[base...], unknown: nil, byteBase: base)
    }

    @Test("any text comes back from its ids, whatever the vocabulary", arguments: TextUnit.allCases)
    func roundTrip(unit: TextUnit) throws {
        var generator = Generator(state: 5)
        let pipeline = try TextPipeline(PipelineDescription(unit: unit, normalization: .none, repair: true))
        for size in [0, 1, 7, 40] {
            for _ in 0..<60 {
                let seen = try pipeline.symbols(of: randomText(&generator, 60))
                let counts = seen.reduce(into: [Symbol: Int]()) { $0[$1, default: 0] += 1 }
                let vocabulary = try Vocabulary(
                    unit: unit, counts: counts, options: VocabularyOptions(maximumSize: 257 + size, fallback: .bytes))
                #expect(vocabulary.count == 256 + min(size + 1, counts.count) && vocabulary.unknown == nil)
                var text = randomText(&generator, 80)
                for _ in 0..<generator.next(below: 4) {
                    text.insert(UInt8(generator.next(below: 256)), at: generator.next(below: text.count))
                }
                let encoded = try pipeline.encode(text, vocabulary: vocabulary)
                #expect(vocabulary.decode(encoded.identifiers) == (try pipeline.transform(text)))
                #expect(encoded.unknownSymbols == 0 && encoded.droppedSymbols == 0)
                let lacking = try pipeline.symbols(of: text).count { vocabulary.identifier(of: $0) == nil }
                #expect(encoded.spelledSymbols == lacking)
            }
        }
    }

    @Test("a file gives the ids of its text, made with it or encoded with it", arguments: [1, 3, 9])
    func corpus(minimum: Int) throws {
        var generator = Generator(state: 11)
        let text = randomText(&generator, 700)
        let folder = try TemporaryFolder()
        let source = try TextSource(paths: [try folder.write(text, to: "t")])
        let pipeline = try TextPipeline(PipelineDescription(normalization: .none, newlines: .keep))
        for chunkSize in [1, 5, 1 << 18] {
            let encoder = CorpusEncoder(pipeline: pipeline, chunkSize: chunkSize)
            let made = try encoder.encode(source, options: VocabularyOptions(minimumCount: minimum, fallback: .bytes))
            #expect(made.vocabulary.decode(made.identifiers) == text)
            #expect(Array(made.identifiers) == (try pipeline.encode(text, vocabulary: made.vocabulary).identifiers))
            let counts = made.identifiers.reduce(into: [Int](repeating: 0, count: made.vocabulary.count)) {
                $0[Int($1)] += 1
            }
            #expect(made.counts == counts)
            #expect((made.statistics.spelledSymbols > 0) == (minimum > 1) && made.statistics.unknownSymbols == 0)
            let again = try encoder.encode(source, with: made.vocabulary)
            #expect(again.identifiers == made.identifiers && again.counts == made.counts)
            #expect(again.statistics == made.statistics)
        }
    }

    @Test(
        "a symbol is its id, else the ids of its code points, else bytes",
        arguments: [
            ("b", [1]), ("e\u{301}", [3]), ("e\u{302}", [2, 4 + 0xCC, 4 + 0x82]), ("b\u{301}", [1, 0x104]),
            ("z", [4 + 0x7A]), ("\u{301}", [0x104]), ("ä", [4 + 0xC3, 4 + 0xA4]),
            ("\u{1F600}\u{301}", [4 + 0xF0, 4 + 0x9F, 4 + 0x98, 4 + 0x80, 0x104]), ("", []),
        ] as [(String, [UInt16])])
    func order(text: String, expected: [UInt16]) throws {
        // Bytes are in the middle, from 4 on, as in a vocabulary that has grown.
        let vocabulary = try spelling(["a", "b", "e", "e\u{301}", "\u{301}"], base: 4)
        #expect(vocabulary.spelling(of: Symbol(text.utf8)) == expected)
        #expect(vocabulary.decode(expected) == bytes(text))
        #expect(vocabulary.identifier(of: Symbol("\u{301}".utf8)) == 0x104)
    }

    @Test("a symbol that is spelled although it is known is code points if it has several, else bytes")
    func spelledOut() throws {
        let vocabulary = try spelling(["a", "e", "e\u{301}", "\u{301}", "é", "x\u{302}"])
        #expect(vocabulary.spelledOut(0) == [6 + 0x61])
        #expect(vocabulary.spelledOut(2) == [1, 3])
        #expect(vocabulary.spelledOut(3) == [6 + 0xCC, 6 + 0x81])
        #expect(vocabulary.spelledOut(4) == [6 + 0xC3, 6 + 0xA9])
        #expect(vocabulary.spelledOut(5) == [6 + 0x78, 6 + 0xCC, 6 + 0x82])
        #expect(vocabulary.spelledOut(6 + 0x61) == nil && vocabulary.spelledOut(-1) == nil)
        #expect(vocabulary.spelledOut(6 + 256) == nil)
        let without = try Vocabulary(unit: .grapheme, symbols: [Symbol("a".utf8), Symbol([])], unknown: 1)
        #expect(without.spelledOut(0) == nil)
    }

    @Test("without the fallback a symbol that is not known is the unknown one, or nothing")
    func unknown() throws {
        let known = [Symbol("a".utf8), Symbol("e".utf8)]
        let with = try Vocabulary(unit: .grapheme, symbols: known + [Symbol([])], unknown: 2)
        #expect(with.spelling(of: Symbol("e\u{301}".utf8)) == [2] && with.spelling(of: known[1]) == [1])
        let without = try Vocabulary(unit: .grapheme, symbols: known, unknown: nil)
        #expect(without.spelling(of: Symbol("e\u{301}".utf8)) == nil)
    }

    @Test(
        "the most frequent symbols stay, of equally frequent ones those whose bytes come first",
        arguments: [
            (8, VocabularyFallback.unknown, "abcdé?"), (6, .unknown, "abcdé?"), (5, .unknown, "abcd?"),
            (4, .unknown, "abd?"), (2, .unknown, "d?"), (261, .bytes, "abcdé"), (260, .bytes, "abcd"),
            (257, .bytes, "d"),
        ])
    func most(size: Int, fallback: VocabularyFallback, expected: String) throws {
        let counts = ["é": 1, "c": 1, "b": 2, "a": 2, "d": 9].map { (Symbol($0.key.utf8), $0.value) }
        let vocabulary = try Vocabulary(
            unit: .grapheme, counts: Dictionary(uniqueKeysWithValues: counts),
            options: VocabularyOptions(maximumSize: size, fallback: fallback, includeUnknown: .always))
        let known = vocabulary.symbols.prefix(vocabulary.knownCount).map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(known.joined() + (vocabulary.unknown == nil ? "" : "?") == expected)
        #expect(vocabulary.byteBase == (fallback == .bytes ? vocabulary.knownCount : nil))
    }

    @Test("a size that cannot be kept is an error that says what to do")
    func badSize() throws {
        let counts = Dictionary(uniqueKeysWithValues: "abcde".map { (Symbol(String($0).utf8), 1) })
        func make(_ size: Int, _ fallback: VocabularyFallback, _ rule: UnknownRule) throws(TextError) -> Vocabulary {
            try Vocabulary(
                unit: .grapheme, counts: counts,
                options: VocabularyOptions(maximumSize: size, fallback: fallback, includeUnknown: rule))
        }
        #expect(throws: TextError.vocabularySize(maximum: 256, least: 257)) { try make(256, .bytes, .always) }
        #expect(throws: TextError.vocabularySize(maximum: 1, least: 2)) { try make(1, .unknown, .always) }
        #expect(throws: TextError.leftOut(symbols: 2, maximumSize: 3)) { try make(3, .unknown, .never) }
        #expect(try make(5, .unknown, .whenNeeded).unknown == nil)
        #expect(try make(4, .unknown, .whenNeeded).unknown == 3)
        #expect(try make(300, .bytes, .never).count == 261)
    }

    @Test("a vocabulary that grows keeps its bytes where they are, and never gets an unknown symbol")
    func growth() throws {
        let counts = [Symbol("d".utf8): 3, Symbol("b".utf8): 2, Symbol("ab".utf8): 1]
        let base = try spelling(["a", "z"])
        let grown = try Vocabulary(growing: base, counts: counts)
        #expect(grown.byteBase == 2 && grown.unknown == nil && grown.knownCount == 5)
        #expect(Array(grown.symbols.prefix(258)) == base.symbols)
        #expect(grown.symbols.suffix(3).map(\.bytes) == [bytes("ab"), bytes("b"), bytes("d")])
        #expect(grown.identifier(of: Symbol("b".utf8)) == 259 && grown.identifier(of: Symbol("z".utf8)) == 1)
        #expect(grown.spelling(of: Symbol("bq".utf8)) == [259, 2 + 0x71])
        let again = try Vocabulary(growing: grown, counts: [Symbol("c".utf8): 1])
        #expect(again.symbols == grown.symbols + [Symbol("c".utf8)] && again.byteBase == 2)
        let limited = try Vocabulary(
            growing: base, counts: counts, options: VocabularyOptions(minimumCount: 2, maximumSize: 259))
        #expect(limited.symbols == base.symbols + [Symbol("d".utf8)])
        let old = try Vocabulary(unit: .grapheme, symbols: [Symbol("z".utf8), Symbol([])], unknown: 1)
        let turned = try Vocabulary(growing: old, counts: counts, options: VocabularyOptions(fallback: .bytes))
        #expect(turned.byteBase == 4 && turned.unknown == nil && turned.count == 260)
        #expect(turned.symbols.prefix(2).map(\.bytes) == [bytes("z"), bytes("ab")])
    }

    @Test("the archive's form says where the bytes begin; a symbol that looks like one is not one")
    func json() throws {
        let vocabulary = try spelling(["<0x41>", "A", "<0x00>"], base: 2)
        let data = try JSONEncoder().encode(vocabulary)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let strings = try #require(object["symbols"] as? [String])
        #expect(object["byte_base"] as? Int == 2 && object["unknown"] is NSNull)
        #expect(strings.count == 259 && strings[2] == "<0x00>" && strings[257] == "<0xFF>" && strings[67] == "<0x41>")
        let read = try JSONDecoder().decode(Vocabulary.self, from: data)
        #expect(read == vocabulary && read.bytes(of: 67) == [0x41] && read.bytes(of: 0) == bytes("<0x41>"))
        #expect(read.identifier(of: Symbol("<0x00>".utf8)) == 258)
        for unit in TextUnit.allCases {
            let made = try Vocabulary(
                unit: unit, counts: [Symbol([0x41]): 1], options: VocabularyOptions(fallback: .bytes))
            #expect(try JSONDecoder().decode(Vocabulary.self, from: try JSONEncoder().encode(made)) == made)
        }
        // What has no such key is as it always was.
        let old = Data(#"{"unit":"grapheme","symbols":["a",""],"unknown":1}"#.utf8)
        #expect(try JSONDecoder().decode(Vocabulary.self, from: old).byteBase == nil)
    }

    @Test("bytes that contradict themselves are refused", arguments: [-1, 1, 3, 4, Int.max, Int.min, -256])
    func refusals(base: Int) throws {
        let data = try JSONEncoder().encode(try spelling(["a", "b"]))
        var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        object["byte_base"] = base
        let changed = try JSONSerialization.data(withJSONObject: object)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Vocabulary.self, from: changed) }
    }

    @Test("bytes in another order, or together with an unknown symbol, are refused")
    func contradictions() {
        let bytes = Vocabulary.byteSymbols
        #expect(throws: TextError.self) {
            try Vocabulary(unit: .grapheme, symbols: bytes.reversed(), unknown: nil, byteBase: 0)
        }
        #expect(throws: TextError.self) {
            try Vocabulary(unit: .grapheme, symbols: bytes + [Symbol([])], unknown: 256, byteBase: 0)
        }
        #expect(throws: TextError.self) {
            try Vocabulary(
                unit: .grapheme, symbols: bytes + [Symbol("a".utf8), Symbol("a".utf8)], unknown: nil, byteBase: 0)
        }
    }

    @Test("options of before read as they were meant, and new ones come back")
    func options() throws {
        let old = Data(#"{"minimum_count":3,"include_unknown":"when-needed"}"#.utf8)
        let read = try JSONDecoder().decode(VocabularyOptions.self, from: old)
        #expect(read == VocabularyOptions(minimumCount: 3, includeUnknown: .whenNeeded))
        #expect(read.maximumSize == nil && read.fallback == .unknown)
        let new = VocabularyOptions(minimumCount: 2, maximumSize: 300, fallback: .bytes)
        #expect(try JSONDecoder().decode(VocabularyOptions.self, from: try JSONEncoder().encode(new)) == new)
    }
}
