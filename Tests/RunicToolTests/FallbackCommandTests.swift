import RunicTesting
import Foundation
import Testing

@Suite("A vocabulary that spells unknown symbols, on the command line")
struct FallbackCommandTests {
    private static let fallback = ["--max-symbols", "266", "--fallback", "bytes", "--spell", "30"]

    private let folder: TemporaryFolder
    private let model: String

    init() throws {
        folder = try TemporaryFolder()
        let text = try folder.write(Array(TinyModel.sentences.utf8), to: "text.txt")
        let outcome = try Tool.run(
            ["train", text, "--out", folder.file("run"), "--epochs", "1"] + Self.fallback + TinyModel.options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        model = folder.file("run/best.runic")
    }

    @Test("Samples at any temperature are UTF-8, one by one and side by side", arguments: ["1", "2", "6"])
    func samples(count: String) throws {
        let outcome = try Tool.run(
            ["sample", model, "--temperature", "5", "--length", "301", "--seed", "2"]
                + ["--count", count, "--prompt", "☃"])
        #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
        let text = try #require(String(validating: outcome.output, as: UTF8.self))
        #expect(!text.unicodeScalars.contains("\u{FFFD}") && text.utf8.contains { $0 >= 0xC2 })
    }

    @Test("The REPL reads unseen symbols silently, and shows whole characters")
    func repl() throws {
        let outcome = try Tool.run(
            ["repl", model, "--temperature", "5", "--length", "99", "--seed", "4"], input: Array("Ω☃ 猫\n\n".utf8))
        #expect(outcome.status == 0 && !outcome.errors.contains("unknown"), "\(outcome.errors)")
        #expect(try #require(String(validating: outcome.output, as: UTF8.self)).utf8.contains { $0 >= 0xC2 })
    }

    @Test("Evaluation says what was spelled, and that nothing is unknown")
    func evaluate() throws {
        let text = try folder.write(Array("Line ☃. The otter has 7 Ω.\n".utf8), to: "other.txt")
        let report = try Tool.run(["evaluate", model, text, "--json"]).object()
        #expect(report["unknown_symbols"] as? Int == 0 && report["characters"] as? Int == 27)
        #expect(try #require(report["spelled_symbols"] as? Int) >= 2)
        #expect(try #require(report["symbols"] as? Int) > 27)
        #expect(try Tool.run(["evaluate", model, text]).text.contains("spelled symbols"))
    }

    @Test("A run that was stopped reads the same spelled text when it continues")
    func resumes() throws {
        let options =
            ["train", folder.file("text.txt"), "--epochs", "16"] + Self.fallback + TinyModel.options
        let whole = try Tool.run(options + ["--out", folder.file("whole")])
        try #require(whole.status == 0, "\(whole.errors)")
        let stopped = try RunningTool.interrupted(options, out: folder.file("cut"), signal: SIGTERM)
        #expect(stopped.status == 0, "\(stopped.errors)")
        let resumed = try Tool.run(["train", "--resume", folder.file("cut")])
        #expect(resumed.status == 0, "\(resumed.errors)")
        try RunFiles.expectSame(folder.file("cut"), RunFiles(folder.file("whole")))
    }
}
