import RunicTesting
import Testing

@Suite("What was done to a text is said")
struct TextRemarkTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func train(_ options: [String]) throws -> Tool.Outcome {
        try Tool.run(["train", "--out", folder.file("run"), "--epochs", "1"] + TinyModel.options + options)
    }

    @Test("records without the key, and lines that were left out, are counted when a model is trained")
    func training() throws {
        let rows = (0..<800).map { $0 % 2 == 0 ? "{\"text\":\"Record \($0) has eels.\"}\n" : "{\"other\":\($0)}\n" }
        let path = try folder.write(rows.joined(), to: "t.jsonl")
        let outcome = try train([path, "--stage", "fields:format=jsonl,key=text"])
        #expect(outcome.status == 0)
        #expect(
            outcome.errors.contains("runic: \(path): 400 of 800 records have no value at text\n"), "\(outcome.errors)")
    }

    @Test("replaced bytes and a doubtful encoding are said by train and evaluate")
    func bytes() throws {
        let text = Array(TinyModel.sentences.utf8)
        let bad = try folder.write(text + [0xC3, 0x28, 0x0A], to: "bad.txt")
        let outcome = try train([bad, "--repair"])
        #expect(
            outcome.status == 0
                && outcome.errors.contains(
                    "\(bad): 1 byte was invalid, at byte \(text.count), and replaced or left out")
        )
        let doubtful = try folder.write(text + Array("caf".utf8) + [0xE9, 0x0A], to: "doubtful.txt")
        let read = try Tool.run(
            ["evaluate", folder.file("run/best.runic"), doubtful, "--stage", "decode:encoding=auto"])
        #expect(read.status == 0, "\(read.errors)")
        #expect(read.errors.contains("runic: warning: \(doubtful): encoding "), "\(read.errors)")
    }

    @Test("evaluate, quantize and study gates take the container of their texts, and no other stage")
    func containers() throws {
        let tiny = try TinyModel.run()
        let rows = "id;text\n" + (0..<200).map { "\($0);Line \($0). The heron has 7 eels.\n" }.joined()
        let path = try folder.write(rows, to: "t.csv")
        let stage = ["--stage", "fields:column=text,separator=;"]
        #expect(try Tool.run(["evaluate", tiny.model, path] + stage).status == 0)
        #expect(
            try Tool.run(
                ["quantize", tiny.model, "--to", "int8", "--out", folder.file("q.runic"), "--check", path] + stage
            ).status == 0)
        #expect(
            try Tool.run(
                ["study", "gates", tiny.model, path, "--out", folder.file("g.html"), "--length", "50"] + stage
            )
            .status == 0)
        try Tool.expectFailure(
            ["evaluate", tiny.model, path, "--stage", "dedupe"], status: 64, saying: "all other stages are the model's")
        try Tool.expectFailure(
            ["evaluate", tiny.model, path, "--stage", "plain", "--stage", "abc"], status: 64, saying: "--stage plain")
    }

    @Test("files are documents unless they are joined")
    func files() throws {
        let text = TinyModel.sentences.dropLast()
        let paths = [try folder.write(String(text), to: "1.txt"), try folder.write(String(text), to: "2.txt")]
        let apart = try train(paths)
        #expect(apart.errors.contains("\(2 * text.utf8.count + 1) symbols"), "\(apart.errors)")
        let joined = try Tool.run(
            ["train", "--out", folder.file("joined"), "--epochs", "1", "--join-files"] + TinyModel.options + paths)
        #expect(joined.errors.contains("\(2 * text.utf8.count) symbols"), "\(joined.errors)")
    }
}
