import RunicTesting
import Foundation
import RunicSymbols
import Testing

@testable import RunicText

struct CorpusTests {
    @Test("files and folders are read in order, hidden files and links are not")
    func source() throws {
        let folder = try TemporaryFolder()
        for name in ["b.txt", "a/z.txt", "a/b/c.txt", "B.txt", ".hidden", ".git/x"] {
            try folder.write([0x61], to: name)
        }
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: "b.txt")
        let single = try folder.write([0x62, 0x62], to: "other/single")
        let source = try TextSource(paths: [single, folder.path + "/a", "-", folder.path])
        let names = source.files.map { $0.path.replacing(folder.path + "/", with: "") }
        #expect(
            names == [
                "other/single", "a/b/c.txt", "a/z.txt", "-", "B.txt", "a/b/c.txt", "a/z.txt", "b.txt", "other/single",
            ])
        #expect(source.files[0].size == 2)
    }

    @Test("what cannot be read is named")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        let empty = try folder.write([], to: "empty.txt")
        try FileManager.default.createDirectory(atPath: folder.path + "/none", withIntermediateDirectories: true)
        #expect(throws: TextError.noFiles(path: folder.path + "/none")) {
            try TextSource(paths: [folder.path + "/none"])
        }
        #expect(throws: TextError.unreadable(path: "/no/such", reason: "no such file or directory")) {
            try TextSource(paths: ["/no/such"])
        }
        let encoder = CorpusEncoder(pipeline: try TextPipeline())
        #expect(throws: TextError.emptyText(path: empty)) { try encoder.encode(try TextSource(paths: [empty])) }
        let bad = try folder.write([0x61, 0xFF], to: "bad.txt")
        #expect(throws: TextError.invalidByte(path: bad, offset: 1, bytes: [0xFF])) {
            try encoder.encode(try TextSource(paths: [bad]))
        }
    }

    @Test(
        "ids, counts and statistics are those of a plain count, whatever the chunk size", arguments: TextUnit.allCases)
    func encode(unit: TextUnit) throws {
        let folder = try TemporaryFolder()
        let texts = [
            "\u{FEFF}Straße\r\n", "e\u{301}te\u{301} \u{1F1E9}\u{1F1EA}\u{1F468}\u{200D}\u{1F469}", "\u{308}x",
        ]
        let paths = try texts.enumerated().map { try folder.write(bytes($0.element), to: "\($0.offset).txt") }
        let normal = texts.map { wholeNormal(.nfc, bytes($0.replacing("\u{FEFF}", with: ""))) }
        let expected: [[UInt8]] = normal.flatMap { text in
            switch unit {
            case .grapheme: wholeClusters(text)
            case .word: wholeSymbols(1, "", text)
            case .codepoint: String(decoding: text, as: UTF8.self).unicodeScalars.map { bytes(String($0)) }
            case .byte: text.map { [$0] }
            }
        }
        let sorted = Set(expected).sorted { $0.lexicographicallyPrecedes($1) }
        let pipeline = try TextPipeline(PipelineDescription(unit: unit, newlines: .keep))
        for size in Array(1...40) + [1 << 18] {
            let corpus = try CorpusEncoder(pipeline: pipeline, chunkSize: size, files: .join)
                .encode(try TextSource(paths: paths))
            #expect(corpus.vocabulary.symbols.map(\.bytes) == sorted + [[]])
            #expect(corpus.identifiers.map { corpus.vocabulary.bytes(of: Int($0)) } == expected)
            #expect(corpus.counts == sorted.map { s in expected.count { $0 == s } } + [0])
            #expect(corpus.statistics.bytes == texts.reduce(0) { $0 + $1.utf8.count })
            #expect(corpus.statistics.symbols == expected.count)
            #expect(
                corpus.statistics.codePoints
                    == normal.reduce(0) { $0 + String(decoding: $1, as: UTF8.self).unicodeScalars.count })
            #expect(corpus.statistics.graphemeClusters == normal.reduce(0) { $0 + wholeClusters($1).count })
            #expect(!corpus.statistics.isLossy)
            #expect(corpus.files.map(\.sha256) == texts.map { SHA256.hexadecimalDigest(of: bytes($0)) })
            #expect(corpus.files.map(\.path) == paths)
        }
    }

    @Test("rare symbols are unknown, and encoding with the vocabulary agrees with making it")
    func rare() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes("aabbx\u{301}c\u{E9}"), to: "t")
        let source = try TextSource(paths: [path])
        let encoder = CorpusEncoder(pipeline: try TextPipeline())
        let made = try encoder.encode(source, options: VocabularyOptions(minimumCount: 2))
        #expect(made.identifiers == [0, 0, 1, 1, 2, 2, 2])
        #expect(made.counts == [2, 2, 3])
        #expect(made.statistics.unknownSymbols == 3 && made.statistics.unknownCodePoints == 4)
        let again = try encoder.encode(source, with: made.vocabulary)
        #expect(again.identifiers == made.identifiers && again.statistics == made.statistics)
        #expect(again.counts == made.counts)
        let bare = try Vocabulary(unit: .grapheme, symbols: [Symbol(bytes("a"))], unknown: nil)
        let marked = try encoder.encode(source, with: bare)
        #expect(marked.identifiers == SymbolSequence([0, 0] + [UInt16](repeating: Vocabulary.absent, count: 5)))
        #expect(marked.statistics.unknownSymbols == 5)
    }

    @Test(
        "the code points of an unknown first symbol are counted on their own",
        arguments: [
            ("e\u{323}\u{302}\u{308}aa", "a", 2), ("ae\u{323}\u{302}\u{308}a", "a", 0), ("aba", "ab", 0),
            ("\u{1F1E9}\u{1F1EA}x", "", 2), ("xy", "", 1), ("aaaxaaaaaaaa", "a", 0),
        ])
    func unknownFirst(text: String, known: String, expected: Int) throws {
        let folder = try TemporaryFolder()
        let paths = [
            try folder.write([], to: "empty"), try folder.write(bytes(text), to: "t"),
            try folder.write(bytes("q"), to: "u"),
        ]
        let source = try TextSource(paths: paths)
        let symbols = known.map { Symbol(bytes(String($0))) }
        for chunkSize in [1, 2, 1 << 18] {
            let encoder = CorpusEncoder(pipeline: try TextPipeline(), chunkSize: chunkSize)
            for unknown in [nil, symbols.count] {
                let vocabulary = try Vocabulary(
                    unit: .grapheme, symbols: symbols + (unknown == nil ? [] : [Symbol([])]), unknown: unknown)
                let statistics = try encoder.encode(source, with: vocabulary).statistics
                #expect(statistics.firstSymbolUnknownCodePoints == expected)
            }
        }
        let json = try JSONEncoder().encode(TextStatistics())
        let object = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(object["first_symbol_unknown_code_points"] as? Int == 0)
    }

    @Test(
        "making a vocabulary counts a rare first symbol, and only the first",
        arguments: [("x\u{301}aa", 2), ("ax\u{301}a", 0), ("aabb", 0)])
    func rareFirst(text: String, expected: Int) throws {
        let folder = try TemporaryFolder()
        let source = try TextSource(paths: [try folder.write(bytes(text), to: "t")])
        let encoder = CorpusEncoder(pipeline: try TextPipeline())
        let made = try encoder.encode(source, options: VocabularyOptions(minimumCount: 2))
        #expect(made.statistics.firstSymbolUnknownCodePoints == expected)
        #expect(try encoder.encode(source, with: made.vocabulary).statistics == made.statistics)
    }

    @Test("more symbols than ids are an error, or are encoded in a second pass when the rare ones go")
    func manySymbols() throws {
        let folder = try TemporaryFolder()
        var scalars = String.UnicodeScalarView()
        for value in UInt32(0x20000)..<0x31000 {
            if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
        }
        let text = String(scalars) + "aaa"
        let source = try TextSource(paths: [try folder.write(bytes(text), to: "t")])
        let encoder = CorpusEncoder(
            pipeline: try TextPipeline(PipelineDescription(unit: .codepoint, normalization: .none)))
        #expect(throws: TextError.tooManySymbols(found: 69_634, limit: 65_535)) { try encoder.encode(source) }
        let corpus = try encoder.encode(source, options: VocabularyOptions(minimumCount: 2))
        #expect(corpus.identifiers.suffix(4) == [1, 0, 0, 0])
        #expect(corpus.statistics.unknownSymbols == 69_632)
    }

    @Test(
        "a text is lossy only where a stage that cannot be undone has changed it",
        arguments: [
            (["newlines:to=lf"], "plain\n", false), (["newlines:to=lf"], "plain\r\n", true),
            (["case:to=lower"], "lower case, été\n", false), (["case:to=lower"], "Upper case\n", true),
            (["normalize:form=nfkc"], "plain, e\u{301}\n", true), (["normalize:form=nfkc"], "plain, é\n", false),
            (["normalize:form=nfc"], "plain, e\u{301}\n", false), (["dedupe"], "\ntwo\n", false),
            (["dedupe"], "\none\none\n", true), (["decode:encoding=auto"], "plain, é\n", false),
        ] as [([String], String, Bool)])
    func lossy(stages: [String], text: String, expected: Bool) throws {
        let folder = try TemporaryFolder()
        // Enough plain text for the fast path; one line, so that none is repeated.
        let path = try folder.write(bytes(String(repeating: "plain text, ", count: 100) + text), to: "t")
        var description = PipelineDescription(normalization: .none)
        for stage in try stages.map({ try StageDescription(parsing: $0) }) {
            if let place = description.stages.firstIndex(where: { $0.name == stage.name }) {
                description.stages[place] = stage
            } else {
                description.stages.insert(stage, at: description.stages.count - 1)
            }
        }
        for chunkSize in [7, 1 << 18] {
            let encoder = CorpusEncoder(pipeline: try TextPipeline(description), chunkSize: chunkSize)
            #expect(try encoder.encode(try TextSource(paths: [path])).statistics.isLossy == expected)
        }
    }

    @Test(
        "an encoding that was guessed loses what it loses by name", arguments: ["auto", "iso-8859-1", "windows-1252"])
    func guessedEncoding(name: String) throws {
        let folder = try TemporaryFolder()
        let latin = Array(
            "un caf\u{e9} au lait, s'il vous pla\u{ee}t, \u{e0} c\u{f4}t\u{e9} de la fen\u{ea}tre\n".unicodeScalars)
        let path = try folder.write(
            [UInt8]((0..<20).flatMap { _ in latin.map { UInt8(truncatingIfNeeded: $0.value) } }), to: "t")
        var description = PipelineDescription()
        description.stages[0].options["encoding"] = name
        let corpus = try CorpusEncoder(pipeline: TextPipeline(description)).encode(TextSource(paths: [path]))
        #expect(!corpus.statistics.isLossy)
    }

    @Test("repaired bytes are counted and make the text lossy")
    func repaired() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([0x61, 0xFF, 0xE2, 0x82, 0x62], to: "t")
        let encoder = CorpusEncoder(pipeline: try TextPipeline(PipelineDescription(repair: true)))
        let corpus = try encoder.encode(try TextSource(paths: [path]))
        #expect(corpus.statistics.repairedBytes == 3 && corpus.statistics.isLossy)
        #expect(corpus.statistics.symbols == 4)
    }
}
