import Foundation
import RunicTesting
import Testing

@Suite("The sources of a model")
struct SourcesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func train(files count: Int, _ options: String...) throws -> String {
        let lines = TinyModel.sentences.split(separator: "\n")
        for index in 0..<count {
            let own = lines.indices.filter { $0 % count == index }.map { lines[$0] + "\n" }.joined()
            try folder.write(own, to: "texts/secret-\(index).txt")
        }
        let outcome = try Tool.run(
            ["train", folder.file("texts"), "--out", folder.file("run"), "--epochs", "1"] + options + TinyModel.options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return folder.file("run/best.runic")
    }

    private func metadata(_ model: String) throws -> [String: Any] {
        let object = try Tool.run(["inspect", "--json", model]).object()
        return try #require(object["metadata"] as? [String: Any])
    }

    private func texts(_ model: String) throws -> [[String: Any]] {
        try #require((try metadata(model)["training"] as? [String: Any])?["texts"] as? [[String: Any]])
    }

    @Test("Up to 32 files are listed one by one, more of them as one entry with a hash that a shell can check")
    func folded() throws {
        #expect(try texts(train(files: 32)).count == 32)
        try FileManager.default.removeItem(atPath: folder.file("run"))
        let model = try train(files: 33)
        let entry = try #require(try texts(model).first)
        #expect(try texts(model).count == 1 && entry["path"] as? String == "33 files")
        #expect(entry["bytes"] as? Int == TinyModel.sentences.utf8.count)
        let note = try #require(try metadata(model)["training"] as? [String: Any])
        #expect(note["file_count"] as? Int == 33)
        let hash = try Tool.run(
            "/bin/sh",
            ["-c", "sha256sum '\(folder.file("texts"))'/* | cut -c 1-64 | LC_ALL=C sort | sha256sum | cut -c 1-64"])
        #expect(entry["sha256"] as? String == hash.lines.first.map(String.init))
        // The checkpoint has the hash of each.
        let resumed = try Tool.run(["train", "--resume", folder.file("run")])
        #expect(resumed.status == 0, "\(resumed.errors)")
        try folder.write("changed\n", to: "texts/secret-7.txt")
        try Tool.expectFailure(
            ["train", "--resume", folder.file("run")], status: 1, saying: "secret-7.txt: is not the file")
    }

    @Test("--no-sources names no text in a model, whether it is trained, resumed, quantized or compared")
    func unnamed() throws {
        let model = try train(files: 2, "--no-sources")
        #expect(try texts(model).isEmpty)
        #expect(try Tool.run(["train", "--resume", folder.file("run")]).status == 0)
        let compared = try Tool.run(
            ["compare", folder.file("texts"), "--cells", "gru", "--epochs", "1", "--no-sources", "--out"]
                + [folder.file("compared")] + TinyModel.options)
        try #require(compared.status == 0, "\(compared.errors)")
        try FileManager.default.moveItem(atPath: folder.file("run"), toPath: folder.file("private"))
        let named = try train(files: 2)
        #expect(try texts(named).count == 2)
        let quantized = try Tool.run(
            ["quantize", named, "--to", "int8", "-o", folder.file("small.runic"), "--no-sources", "--check"]
                + [folder.file("texts/secret-0.txt")])
        try #require(quantized.status == 0, "\(quantized.errors)")
        for path in ["private/best.runic", "private/last.runic", "compared/gru-1.runic", "small.runic"] {
            let found = try metadata(folder.file(path))
            for name in ["secret", "texts/", "sha256\""] {
                #expect(!String(describing: found).contains(name), "\(name) in \(path)")
            }
        }
    }
}
