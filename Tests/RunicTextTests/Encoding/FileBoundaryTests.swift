import RunicTesting
import Testing

@testable import RunicText

@Suite("Files of a corpus")
struct FileBoundaryTests {
    private func text(
        _ files: [String], _ rule: FileRule, separator: String? = nil, stages: [StageDescription] = [],
        newlines: NewlineRule = .keep
    ) throws -> (text: String, corpus: EncodedCorpus) {
        let folder = try TemporaryFolder()
        let paths = try files.enumerated().map { try folder.write($0.element, to: "\($0.offset)") }
        var description = PipelineDescription(unit: .codepoint, newlines: newlines)
        description.stages.insert(contentsOf: stages, at: 1)
        var found: (String, EncodedCorpus)?
        for size in [1, 2, 3, 1_000] {
            let corpus = try CorpusEncoder(
                pipeline: TextPipeline(description), chunkSize: size, files: rule, documentSeparator: separator
            ).encode(TextSource(paths: paths))
            let text = String(
                decoding: corpus.identifiers.flatMap { corpus.vocabulary.bytes(of: Int($0)) }, as: UTF8.self)
            if let found { #expect(found.0 == text, "in chunks of \(size)") }
            found = (text, corpus)
        }
        return try #require(found)
    }

    @Test(
        "a line end that a file lacks is supplied before the next file",
        arguments: [
            (["abc", "def"], "abc\ndef"), (["abc\n", "def"], "abc\ndef"), (["abc\r\n", "d\r", "e"], "abc\r\nd\re"),
            (["a\u{2028}", "b\u{85}", "c"], "a\u{2028}b\u{85}c"), (["a", "", "", "b"], "a\nb"), (["", "a", ""], "a\n"),
        ])
    func lines(files: [String], expected: String) throws {
        #expect(bytes(try text(files, .separate).text) == bytes(expected))
        #expect(bytes(try text(files, .join).text) == bytes(files.joined()))
    }

    @Test(
        "where documents are separated, what a file lacks of the separator is supplied",
        arguments: [
            (["a\nb", "c"], "\n\n", "a\nb\n\nc"), (["a\n", "c\n"], "\n\n", "a\n\nc\n"),
            (["a\n\n", "c"], "\n\n", "a\n\nc"),
            (["a\n\n\n", "c"], "\n\n", "a\n\n\nc"), (["a<", "b"], "<|>", "a<|>b"), (["a<|", "b"], "<|>", "a<|>b"),
        ])
    func documents(files: [String], separator: String, expected: String) throws {
        #expect(try text(files, .separate, separator: separator).text == expected)
    }

    @Test(
        "where CR LF and CR become LF, they are as good at the end of a file",
        arguments: [
            (["a\r\n\r\n", "b"], "a\n\nb"), (["a\r\n", "b"], "a\n\nb"), (["a\r\r", "b"], "a\n\nb"),
            (["a\n\r\n", "b"], "a\n\nb"), (["a\r", "\nb"], "a\n\n\nb"), (["a", "b"], "a\n\nb"),
        ])
    func returns(files: [String], expected: String) throws {
        let found = try text(files, .separate, separator: "\n\n", newlines: .lf).text
        #expect(bytes(found) == bytes(expected))
    }

    @Test("what is supplied is no byte of a file, and stages before it do not see it")
    func hashes() throws {
        let (whole, corpus) = try text(["x,1", "y,2"], .separate)
        #expect(whole == "x,1\ny,2" && corpus.statistics.bytes == 6)
        #expect(corpus.files.map(\.sha256) == ["x,1", "y,2"].map { SHA256.hexadecimalDigest(of: bytes($0)) })
        let fields = StageDescription(name: "fields", options: ["column": "1", "header": "false", "end": ""])
        let taken = try text(["x,1", "y,2"], .separate, stages: [fields])
        #expect(taken.text == "x\ny")
        #expect(taken.corpus.files.map(\.sha256) == corpus.files.map(\.sha256))
    }

    @Test(
        "dedupe leaves out what an earlier file had, if it is asked to",
        arguments: [("file", "a\nb\na\nc\n"), ("corpus", "a\nb\nc\n")])
    func dedupe(scope: String, expected: String) throws {
        let stage = StageDescription(name: "dedupe", options: ["scope": scope])
        #expect(try text(["a\nb\n", "a\nc\n"], .separate, stages: [stage]).text == expected)
        // Two of them do not see what the other saw.
        let twice = try text(["a\nb\n", "a\nc\n"], .separate, stages: [stage, stage])
        #expect(twice.text == expected)
    }
}
