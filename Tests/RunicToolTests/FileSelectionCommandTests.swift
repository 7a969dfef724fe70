import Foundation
import RunicTesting
import Testing

@Suite("Choosing files on the command line")
struct FileSelectionCommandTests {
    private let folder: TemporaryFolder
    private let texts: String
    private let first: String

    init() throws {
        folder = try TemporaryFolder()
        first = try folder.write(TinyModel.sentences, to: "texts/a.txt")
        try folder.write(String(repeating: "never ", count: 400), to: "texts/b.md")
        try folder.write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], to: "texts/c.txt")
        texts = folder.file("texts")
        try FileManager.default.createSymbolicLink(atPath: texts + "/d.txt", withDestinationPath: first)
    }

    @Test("train reads the files that fit, says what it leaves out, and resumes with the same files")
    func trains() throws {
        let out = folder.file("run")
        let options = ["train", texts, "--include", "*.txt", "--out", out, "--epochs", "1"] + TinyModel.options
        let outcome = try Tool.run(options)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("\(TinyModel.sentences.count) symbols ("), "\(outcome.errors)")
        #expect(outcome.errors.contains("left out, a PNG image, not text: \(texts)/c.txt\n"))
        #expect(outcome.errors.contains("left out, a link: \(texts)/d.txt\n"))
        let resumed = try Tool.run(["train", "--resume", out])
        #expect(resumed.status == 0 && !resumed.errors.contains("changed"), "\(resumed.errors)")
    }

    @Test("evaluate and text choose files by the same options, and say what was given twice")
    func measures() throws {
        let model = try TinyModel.run().model
        let report = try Tool.run(["evaluate", model, texts, first, "--exclude", "*.md", "--json"])
        #expect(try report.object()["symbols"] as? Int == 2 * TinyModel.sentences.count)
        #expect(report.errors.contains("given more than once, and read as often: \(first)\n"), "\(report.errors)")
        let text = try Tool.run(["text", texts, "--exclude", "*.md", "--no-estimate", "--json"])
        #expect(try text.object()["symbols"] as? Int == TinyModel.sentences.count)
        #expect((try text.object()["skipped"] as? [Any])?.count == 2)
    }

    @Test("A file that is no text is refused by its format", arguments: ["train", "text", "evaluate"])
    func refusal(command: String) throws {
        let image = texts + "/c.txt"
        let arguments =
            switch command {
            case "train": ["train", image, "--out", folder.file("none")]
            case "evaluate": ["evaluate", try TinyModel.run().model, image]
            default: ["text", image]
            }
        try Tool.expectFailure(arguments, status: 1, saying: "\(image): is a PNG image, not text; give a text")
    }
}
