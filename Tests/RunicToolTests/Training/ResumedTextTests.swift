import Foundation
import Glibc
import RunicTesting
import Testing

@Suite("The text of a resumed run")
struct ResumedTextTests {
    private let folder: TemporaryFolder
    private let run: String

    init() throws {
        folder = try TemporaryFolder()
        run = folder.file("run")
    }

    /// Two files whose names are in the order of the run.
    private func texts() throws -> [String] {
        let middle = TinyModel.sentences.utf8.count / 2
        return [
            try folder.write(Array(TinyModel.sentences.utf8.prefix(middle)), to: "a.txt"),
            try folder.write(Array(TinyModel.sentences.utf8.dropFirst(middle)), to: "b.txt"),
        ]
    }

    private func train(_ texts: [String], input: [UInt8] = []) throws -> Tool.Outcome {
        let outcome = try Tool.run(
            ["train"] + texts + ["--out", run, "--epochs", "1"] + TinyModel.options, input: input)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome
    }

    private func expectRefusal(_ arguments: [String], _ words: String...) throws {
        for word in words { try Tool.expectFailure(["train"] + arguments, status: 1, saying: word) }
    }

    @Test("It may have moved, been renamed and reordered: its hashes tell, and the next resumption finds it")
    func moved() throws {
        let texts = try texts()
        let first = try train(texts)
        try FileManager.default.moveItem(atPath: texts[0], toPath: folder.file("z.txt"))
        try FileManager.default.moveItem(atPath: texts[1], toPath: folder.file("y.txt"))
        try expectRefusal(
            ["--resume", run], "\(texts[0]): cannot be read", "name it: runic train TEXT... --resume \(run)")
        let moved = try Tool.run(
            ["train", folder.file("y.txt"), folder.file("z.txt"), "--resume", run, "--threads", "2"]
                + ["--checkpoint-every", "1h"])
        #expect(moved.status == 0 && moved.output == first.output, "\(moved.errors)")
        #expect(moved.errors.contains(" 2 threads"))
        let again = try Tool.run(["train", "--resume", run])
        #expect(again.status == 0 && again.output == first.output, "\(again.errors)")
        #expect(again.errors.contains(" 1 threads"), "the run's own number of threads stays")
    }

    @Test("A changed file is named, with what to do about it")
    func changed() throws {
        let texts = try texts()
        _ = try train(texts)
        try folder.write("Another text.\n", to: "b.txt")
        try expectRefusal(
            ["--resume", run], "\(texts[1]): is not the file that the run was started with",
            "runic train TEXT... --resume \(run)", "--finetune \(run)/best.runic")
        try expectRefusal([texts[0], "--resume", run], "1 files where the run was started with 2")
    }

    @Test("One that came through a pipe is asked for by name, and recognised when it is saved")
    func standardInput() throws {
        let bytes = Array(TinyModel.sentences.utf8)
        let first = try train(["-"], input: bytes)
        #expect(first.errors.contains("warning: standard input cannot be read again"), "\(first.errors)")
        try expectRefusal(
            ["--resume", run], "trained on standard input", "name it: runic train TEXT... --resume \(run)")
        let saved = try folder.write(bytes, to: "saved.txt")
        let again = try Tool.run(["train", saved, "--resume", run])
        #expect(again.status == 0 && again.output == first.output, "\(again.errors)")
    }

    @Test("A named pipe is refused instead of waited for")
    func namedPipe() throws {
        let pipe = folder.file("pipe")
        let made = unsafe mkfifo(pipe, 0o600)
        try #require(made == 0)
        let text = try folder.write(TinyModel.sentences, to: "text.txt")
        let outcome = try Tool.run(
            "/bin/sh",
            ["-c", "cat '\(text)' > '\(pipe)' & exec \"$@\"", "sh", Tool.path, "train", pipe, "--out", run]
                + ["--epochs", "1"] + TinyModel.options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("\(pipe) cannot be read again"), "\(outcome.errors)")
        try expectRefusal(["--resume", run], "\(pipe), which is not a regular file")
    }
}
