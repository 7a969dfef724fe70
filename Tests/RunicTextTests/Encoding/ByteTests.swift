import Foundation
import RunicSymbols
import RunicTesting
import Testing

@testable import RunicText

@Suite("Files read as bytes")
struct ByteTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let kinds: [(name: String, bytes: [UInt8])] = [
        ("legacy", [0x63, 0x61, 0x66, 0xE9, 0x0A]), ("nul", [0, 0, 0xFF, 0, 0x0D, 0x0A]),
        ("gzip", [0x1F, 0x8B, 0x08, 0, 0xE2, 0x80]), ("utf16", [0xFF, 0xFE, 0x61, 0, 0x0A, 0]),
        ("marked", [0xEF, 0xBB, 0xBF, 0x61]), ("decomposed", Array("e\u{301}\r\nb".utf8)),
        ("all", (0...255).map { UInt8($0) } + (0...255).map { UInt8(255 - $0) }),
    ]

    private func corpus(_ files: [[UInt8]], chunkSize: Int = 1 << 20, threads: Int = 1) throws -> EncodedCorpus {
        let paths = try files.enumerated().map { try folder.write($0.element, to: "f\($0.offset)") }
        let pipeline = try TextPipeline(.bytes())
        return try CorpusEncoder(pipeline: pipeline, chunkSize: chunkSize, threads: threads, files: .join)
            .encode(TextSource(paths: paths, readsBytes: pipeline.readsBytes))
    }

    @Test("give each byte as a symbol, whatever they contain and however they are cut", arguments: kinds)
    func anything(name: String, bytes: [UInt8]) throws {
        for (chunk, threads) in [(1 << 20, 1), (3, 2), (1, 2)] {
            let found = try corpus([bytes, bytes], chunkSize: chunk, threads: threads)
            #expect(found.vocabulary.decode(found.identifiers) == bytes + bytes)
            #expect(found.statistics.symbols == 2 * bytes.count && found.statistics.repairedBytes == 0)
            #expect(!found.statistics.isLossy)
        }
        let pipeline = try TextPipeline(.bytes())
        #expect(pipeline.isLossless && pipeline.readsBytes && !pipeline.adaptingToFiles.adaptsToFiles)
        #expect(try pipeline.symbols(of: bytes).flatMap(\.bytes) == bytes)
        let file = TextFile(path: try folder.write(bytes, to: "traced"))
        let traced = try pipeline.trace(file, symbols: 0..<bytes.count)
        #expect(traced.map(\.range) == bytes.indices.map { $0..<$0 + 1 })
    }

    @Test("say how many bytes are not UTF-8 and where the first one is")
    func stray() throws {
        let text = Array(String(repeating: "é is a letter, “quoted”.\n", count: 40).utf8)
        for (chunk, threads) in [(1 << 20, 1), (50, 2)] {
            let found = try corpus(
                [text, text + [0xE9, 0x0A] + text + [0xE2, 0x80]], chunkSize: chunk, threads: threads)
            #expect(
                found.files.map(\.remarks) == [
                    [], ["3 bytes are not UTF-8, the first at byte \(text.count); they are read as they are"],
                ])
            #expect(!found.vocabulary.isOfUTF8)
            #expect(try corpus([text, text], chunkSize: chunk, threads: threads).vocabulary.isOfUTF8)
        }
        var bytes = StrayBytes()
        #expect(bytes.add([0x61, 0xE2, 0x82].span, at: 10, isFinal: false) == 2 && bytes.first == nil)
        #expect(bytes.add([0xE2, 0x82, 0xFF].span, at: 11) == 0)
        #expect(bytes.first == 11 && bytes.count == 3)
    }

    @Test("the first byte that was repaired is told by its offset in the file, however that is read")
    func repairs() throws {
        let text = bytes(String(repeating: "é is a letter, “quoted”.\n", count: 40))
        let path = try folder.write(text + [0xE9, 0x0A] + text + [0xFF] + text, to: "bad")
        let staged = StageDescription(name: "replace", options: ["pattern": "letter", "with": "l"])
        for stages in [[], [staged], [StageDescription(name: "spaces", options: ["unicode": "ascii"])]] {
            var description = PipelineDescription(repair: true)
            description.stages.insert(contentsOf: stages, at: 2)
            for (chunk, threads) in [(1 << 20, 1), (50, 2), (1, 2)] {
                let found = try CorpusEncoder(
                    pipeline: TextPipeline(description), chunkSize: chunk, threads: threads
                ).encode(TextSource(paths: [path]))
                #expect(found.files.map(\.firstRepairedByte) == [text.count] && found.files[0].repairedBytes == 2)
            }
        }
        let whole = try CorpusEncoder(pipeline: TextPipeline(PipelineDescription(repair: true)))
            .encode(TextSource(paths: [folder.write(text, to: "good")]))
        #expect(whole.files.map(\.firstRepairedByte) == [nil])
    }

    @Test("the vocabulary of text that was UTF-8 says so, in archives too, and those of version 0.1.0 do not")
    func marks() throws {
        let path = try folder.write("aé", to: "t")
        for description in [PipelineDescription.bytes(), PipelineDescription(unit: .byte)] {
            let vocabulary = try CorpusEncoder(pipeline: TextPipeline(description))
                .encode(TextSource(paths: [path])).vocabulary
            #expect(vocabulary.isOfUTF8)
            let json = try JSONEncoder().encode(vocabulary)
            #expect(try #require(String(validating: json, as: UTF8.self)).contains(#""utf8":true"#))
            #expect(try JSONDecoder().decode(Vocabulary.self, from: json).isOfUTF8)
        }
        let old = Data(#"{"unit":"byte","symbols":["a","\u00c3"],"unknown":null}"#.utf8)
        let read = try JSONDecoder().decode(Vocabulary.self, from: old)
        #expect(!read.isOfUTF8)
        #expect(try !String(decoding: JSONEncoder().encode(read), as: UTF8.self).contains("utf8"))
        let other = Data(#"{"unit":"codepoint","symbols":["a"],"unknown":null,"utf8":true}"#.utf8)
        #expect(try !JSONDecoder().decode(Vocabulary.self, from: other).isOfUTF8)
        let grapheme = try CorpusEncoder(pipeline: TextPipeline()).encode(TextSource(paths: [path])).vocabulary
        #expect(!grapheme.isOfUTF8)
    }

    @Test("a vocabulary that grows by other bytes is no longer of UTF-8, and one that was not does not become it")
    func grows() throws {
        let (text, raw) = (Array("aé".utf8), [0x61, 0xFF] as [UInt8])
        let pipeline = try TextPipeline(.bytes())
        func grown(_ first: [UInt8], _ second: [UInt8]) throws -> Bool {
            let base = try CorpusEncoder(pipeline: pipeline).encode(
                TextSource(paths: [folder.write(first, to: "a")])
            ).vocabulary
            return try CorpusEncoder(pipeline: pipeline).encode(
                TextSource(paths: [folder.write(second, to: "b")]), growing: base
            ).vocabulary.isOfUTF8
        }
        #expect(try grown(text, text))
        #expect(try !grown(text, raw))
        #expect(try !grown(raw, text))
    }

    @Test("line ends are converted in bytes of any kind")
    func newlines() throws {
        let pipeline = try TextPipeline(.bytes(newlines: .lf))
        #expect(pipeline.readsBytes && !pipeline.isLossless)
        #expect(try pipeline.transform([0xFF, 0x0D, 0x0A, 0x0D, 0xE9]) == [0xFF, 0x0A, 0x0A, 0xE9])
    }

    @Test(
        "what needs text is refused",
        arguments: [
            ("case", ["to": "lower"], "byte", "stage 'case' needs text"),
            ("normalize", ["form": "nfc"], "byte", "stage 'normalize' needs text"),
            ("newlines", ["to": "lf", "unicode": "true"], "byte", "stage 'newlines' needs text"),
            ("newlines", ["to": "lf"], "codepoint", "--unit codepoint needs text; use --unit byte"),
        ])
    func refusals(stage: String, options: [String: String], unit: String, words: String) throws {
        let stages = [
            StageDescription(name: "decode", options: ["encoding": "bytes"]),
            StageDescription(name: stage, options: options), StageDescription(name: "segment", options: ["unit": unit]),
        ]
        let error = #expect(throws: TextError.self) { try TextPipeline(PipelineDescription(stages: stages)) }
        #expect(try #require(error).description.contains(words), "\(String(describing: error))")
    }

    @Test("files that are named are read whatever their format, and say which it is; folders leave them out")
    func formats() throws {
        let packed = try folder.write([0x1F, 0x8B, 0x08, 0], to: "in/a.gz")
        let plain = try folder.write("x", to: "in/b.txt")
        #expect(throws: TextError.notText(path: packed, format: .gzip)) { try TextSource(paths: [packed]) }
        let named = try TextSource(paths: [packed, plain], readsBytes: true)
        #expect(named.files.map(\.path) == [packed, plain])
        #expect(named.remarks == ["\(packed): is gzip, not text; its bytes are read as they are"])
        let found = try TextSource(paths: [folder.file("in")], readsBytes: true)
        #expect(found.files.map(\.path) == [plain] && found.skipped.map(\.path) == [packed])
    }

    @Test("a model of bytes reads a file of another kind if that is named, and bytes otherwise")
    func containers() throws {
        let bytes = PipelineDescription.bytes()
        #expect(try bytes.replacingContainer(by: []) == bytes)
        let wide = try bytes.replacingContainer(
            by: [StageDescription(name: "decode", options: ["encoding": "utf-16le"])])
        let file = TextFile(path: try folder.write([0xE9, 0, 0x0A, 0], to: "wide"))
        let pipeline = try TextPipeline(wide)
        #expect(!pipeline.readsBytes)
        #expect(try pipeline.trace(file, symbols: 0..<9).flatMap(\.symbol.bytes) == Array("é\n".utf8))
        #expect(try TextPipeline(bytes.repairing).readsBytes)
    }
}
