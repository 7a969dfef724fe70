import RunicTesting
import Testing

@testable import RunicText

@Suite("Containers of texts")
struct ContainerTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(_ pipeline: TextPipeline, _ content: [UInt8]) throws -> (text: String, remarks: [String]) {
        let path = try folder.write(content, to: "t")
        let corpus = try CorpusEncoder(pipeline: pipeline, chunkSize: 5).encode(TextSource(paths: [path]))
        let text = corpus.identifiers.flatMap { corpus.vocabulary.bytes(of: Int($0)) }
        return (String(decoding: text, as: UTF8.self), corpus.files[0].remarks)
    }

    private func pipeline(_ stages: StageDescription...) throws -> TextPipeline {
        try TextPipeline(PipelineDescription().replacingContainer(by: stages))
    }

    @Test(
        "a file of the kind is taken apart, and plain text is read as it is",
        arguments: [
            (["format": "csv", "column": "Q"], "Q,A\nyes,no\n", "yes\n"),
            (["format": "csv", "column": "2", "header": "false"], "a,b\nc,d\n", "b\nd\n"),
            (["format": "jsonl", "key": "t"], #"{"t":"yes"}"# + "\n", "yes\n"),
            (["format": "json", "key": "[].t"], #"[{"t":"yes"}]"#, "yes\n"),
        ])
    func fields(options: [String: String], content: String, expected: String) throws {
        let pipeline = try pipeline(StageDescription(name: "fields", options: options)).adaptingToFiles
        let taken = try read(pipeline, bytes(content))
        #expect(taken.text == expected)
        #expect(taken.remarks.first?.hasSuffix("like the model's texts") == true)
        for plain in ["Are you there, my friend?\nYes.\n", "\n", "a\n"] {
            let found = try read(pipeline, bytes(plain))
            #expect(found.text == plain)
            #expect(found.remarks.first?.hasPrefix("read as plain text: ") == true)
        }
    }

    @Test("an encoding is taken where the bytes are not UTF-8")
    func decode() throws {
        let pipeline = try pipeline(StageDescription(name: "decode", options: ["encoding": "windows-1252"]))
            .adaptingToFiles
        for (content, remark) in [
            (bytes("caf") + [0xE9, 0x0A], "read as windows-1252, like the model's texts"),
            (bytes("café\n"), "read as UTF-8, which it is; the model's texts were windows-1252"),
        ] {
            let found = try read(pipeline, content)
            #expect(found.text == "café\n" && found.remarks == [remark])
        }
        #expect(try read(pipeline, bytes("cafe\n")).remarks.isEmpty)
    }

    @Test("tunes are taken apart, and a poem is left as it is")
    func tunes() throws {
        let pipeline = try pipeline(StageDescription(name: "abc", options: ["number": "drop"])).adaptingToFiles
        #expect(try read(pipeline, bytes("X:1\nK:C\nabc\n")).text == "K:C\nabc\n")
        #expect(try read(pipeline, bytes("a\n\n\nb\n")).text == "a\n\n\nb\n")
    }

    @Test("a container is replaced, and the other stages stay")
    func replacing() throws {
        var old = try PipelineDescription().replacingContainer(by: [
            StageDescription(name: "decode", options: ["encoding": "koi8-r"]),
            StageDescription(name: "fields", options: ["column": "Q"]),
        ])
        old.stages.insert(StageDescription(name: "strip"), at: 3)
        #expect(old.stages.map(\.name) == ["decode", "newlines", "fields", "strip", "normalize", "segment"])
        let plain = try old.replacingContainer(by: [])
        #expect(plain.stages.map(\.name) == ["decode", "newlines", "strip", "normalize", "segment"])
        #expect(plain.stages[0].options == ["errors": "stop"])
        let other = try old.replacingContainer(by: [StageDescription(name: "abc")])
        #expect(other.stages.map(\.name) == ["decode", "newlines", "abc", "strip", "normalize", "segment"])
        #expect(throws: TextError.self) { try old.replacingContainer(by: [StageDescription(name: "spaces")]) }
    }

    @Test("without a container nothing adapts, and a prompt is never taken apart")
    func nothing() throws {
        #expect(try !TextPipeline().adaptingToFiles.adaptsToFiles)
        let pipeline = try pipeline(StageDescription(name: "fields", options: ["column": "Q"])).adaptingToFiles
        #expect(try pipeline.transform(bytes("Q,A\n1,2\n")) == bytes("Q,A\n1,2\n"))
    }

    @Test("a new pipeline takes the stages as they are now, one of an archive as they were")
    func current() throws {
        let new = try TextPipeline(
            PipelineDescription(stages: [StageDescription(name: "dedupe"), StageDescription(name: "segment")]))
        #expect(new.description.stages[0].options == ["line-ends": "any"])
        let old = StageDescription(name: "dedupe", version: 1)
        let kept = try TextPipeline(PipelineDescription(stages: [old, StageDescription(name: "segment")]))
        #expect(kept.description.stages[0].options.isEmpty)
    }
}
