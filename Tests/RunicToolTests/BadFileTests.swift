import RunicTesting
import Foundation
import Testing

@Suite("Bad files: one line that says why, exit status 1")
struct BadFileTests {
    private let folder: TemporaryFolder
    private let tiny: TinyModel.Run

    init() throws {
        folder = try TemporaryFolder()
        tiny = try TinyModel.run()
    }

    private func train(_ texts: String...) -> [String] { ["train"] + texts + ["--out", folder.file("run")] }

    @Test("An empty text cannot be trained on, evaluated or examined")
    func emptyText() throws {
        let path = try folder.write([], to: "empty.txt")
        for arguments in [train(path), ["evaluate", tiny.model, path], ["text", path]] {
            try Tool.expectFailure(arguments, status: 1, saying: "empty.txt: there is no text in it")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("run")))
    }

    @Test("The message for empty standard input names it")
    func emptyInput() throws {
        try Tool.expectFailure(train("-"), status: 1, saying: "standard input: there is no text in it")
    }

    @Test("A folder without files is no text")
    func emptyFolder() throws {
        let path = try folder.folder("void")
        for arguments in [train(path), ["evaluate", tiny.model, path], ["text", path]] {
            try Tool.expectFailure(arguments, status: 1, saying: "void: the folder has no files to read")
        }
    }

    @Test("A text shorter than one batch is refused with the sizes, and leaves no folder")
    func shortText() throws {
        let path = try folder.write(Array("A short text.\n".utf8), to: "short.txt")
        try Tool.expectFailure(
            train(path) + ["--batch", "4", "--sequence", "32"], status: 1,
            saying: "give more text, or a --sequence of at most 2")
        #expect(!FileManager.default.fileExists(atPath: folder.file("run")))
    }

    @Test("A text of one symbol predicts nothing")
    func oneSymbol() throws {
        let path = try folder.write(Array("a".utf8), to: "one.txt")
        try Tool.expectFailure(["evaluate", tiny.model, path], status: 1, saying: "one.txt: 1 symbols are too few")
    }

    @Test("A device without an end is no text")
    func endlessText() throws {
        for arguments in [train("/dev/zero"), ["evaluate", tiny.model, "/dev/zero"], ["text", "/dev/zero"]] {
            try Tool.expectFailure(
                arguments, status: 1, saying: "/dev/zero: cannot be read: it is a device, which may never end")
        }
    }

    @Test("A line of the REPL that does not end is an error")
    func endlessLine() throws {
        let outcome = try Tool.run(["repl", tiny.model], input: [UInt8](repeating: 0x61, count: 3 << 20))
        #expect(outcome.status == 1 && outcome.text == "")
        #expect(outcome.errors == "runic: standard input: a line has more than 1048576 bytes; put line feeds into it\n")
    }

    @Test("A missing text is named")
    func missingText() throws {
        let path = folder.file("none.txt")
        for arguments in [train(path), train(tiny.text, path), ["evaluate", tiny.model, path], ["text", path]] {
            try Tool.expectFailure(arguments, status: 1, saying: "none.txt: cannot be read: no such file or directory")
        }
    }

    @Test("A text that is no file below a file is unreadable")
    func unreadableText() throws {
        try Tool.expectFailure(train(tiny.text + "/below"), status: 1, saying: "cannot be read: not a directory")
    }

    @Test("A byte that is not UTF-8 is named with its offset, and with --repair the run continues")
    func invalidBytes() throws {
        let bytes = Array(TinyModel.sentences.utf8) + [0xC3, 0x28] + Array(TinyModel.sentences.utf8)
        let path = try folder.write(bytes, to: "invalid.txt")
        let words = "invalid.txt: byte \(TinyModel.sentences.utf8.count) is not UTF-8 (0xC3 0x28)"
        try Tool.expectFailure(train(path), status: 1, saying: words)
        try Tool.expectFailure(["evaluate", tiny.model, path], status: 1, saying: words)
        let repaired = try Tool.run(["evaluate", tiny.model, path, "--repair"])
        #expect(repaired.status == 0, "\(repaired.errors)")
    }

    @Test(
        "A folder, a text and a missing file are not models",
        arguments: ["evaluate", "sample", "repl", "verify", "quantize"])
    func notAModel(command: String) throws {
        let rest =
            switch command {
            case "evaluate": [tiny.text]
            case "quantize": ["--to", "int8", "-o", folder.file("out.runic")]
            default: [String]()
            }
        let text = try folder.write(Array("not a model".utf8), to: "text.runic")
        let empty = try folder.write([], to: "empty.runic")
        for (path, words) in [
            (
                try folder.folder("models"),
                "models: is a folder without best.runic; name a .runic file or the folder of a run"
            ),
            (text, "text.runic is not a Runic archive"), (empty, "empty.runic is not a Runic archive"),
            (folder.file("none.runic"), "none.runic: cannot be read: no such file or directory"),
        ] {
            try Tool.expectFailure([command, path] + rest, status: 1, saying: words)
        }
    }

    @Test("A model truncated anywhere is refused by every command", arguments: [1, 100, 5_000])
    func truncatedModel(missing: Int) throws {
        let bytes = try TemporaryFolder.bytes(of: tiny.model)
        let path = try folder.write(Array(bytes.dropLast(missing)), to: "cut.runic")
        for arguments in [["sample", path], ["repl", path], ["inspect", path], ["verify", path]] {
            try Tool.expectFailure(arguments, status: 1, saying: "cut.runic")
        }
    }

    @Test("A model with one flipped bit is refused by every command", arguments: [4, 20, 3_000])
    func flippedBit(offset: Int) throws {
        var bytes = try TemporaryFolder.bytes(of: tiny.model)
        bytes[offset] ^= 0x10
        let path = try folder.write(bytes, to: "flipped.runic")
        for arguments in [["sample", path], ["repl", path], ["inspect", path], ["verify", path]] {
            try Tool.expectFailure(arguments, status: 1, saying: "flipped.runic")
        }
    }

    @Test("A folder that is no run cannot be resumed")
    func foreignFolder() throws {
        let words = "is not the folder of a run: it has no settings.json"
        try Tool.expectFailure(["train", "--resume", try folder.folder("void")], status: 1, saying: words)
        try Tool.expectFailure(
            ["train", "--resume", folder.file("none")], status: 1,
            saying: "none: is not the folder of a run: there is no such folder")
        try Tool.expectFailure(
            ["train", "--resume", tiny.model], status: 1, saying: "it is a file; name the folder that it is in")
        _ = try folder.write(Array("{\"cell\": 3}".utf8), to: "settings.json")
        try Tool.expectFailure(["train", "--resume", folder.path], status: 1, saying: "settings.json")
    }

    @Test("A run whose text has changed cannot be resumed")
    func changedText() throws {
        let path = try folder.write(Array(TinyModel.sentences.utf8), to: "text.txt")
        let first = try Tool.run(train(path) + ["--epochs", "1"] + TinyModel.options)
        try #require(first.status == 0, "\(first.errors)")
        _ = try folder.write(Array(TinyModel.sentences.utf8.reversed()), to: "text.txt")
        try Tool.expectFailure(
            ["train", "--resume", folder.file("run")], status: 1,
            saying: "text.txt: is not the file that the run was started with")
    }

    @Test("A folder that holds a run is not written over")
    func existingRun() throws {
        let before = try TemporaryFolder.bytes(of: tiny.model)
        try Tool.expectFailure(
            ["train", tiny.text, "--out", tiny.folder], status: 1,
            saying: "already holds a run; resume it with --resume")
        #expect(try TemporaryFolder.bytes(of: tiny.model) == before)
    }

    @Test("A folder that cannot be made is named with the reason")
    func unwritableFolder() throws {
        try Tool.expectFailure(
            ["train", tiny.text, "--out", tiny.text + "/run"] + TinyModel.options, status: 1,
            saying: "text.txt: is not a folder; name another")
        try Tool.expectFailure(
            ["unpack", tiny.model, "--to", tiny.text], status: 1, saying: "text.txt: is not a folder; name another")
    }
}
