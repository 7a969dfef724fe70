import RunicFiles
import Testing

@testable import RunicTool

@Suite("The arguments of the program")
struct ProgramArgumentsTests {
    private func scalars(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

    @Test(
        "A value that begins with a mark, a variation selector or a joiner is a value",
        arguments: ["\u{301}", "\u{FE0F}", "\u{200D}x", "\u{1F3FB}", "\u{301}-x", "\u{345}=y"])
    func marks(value: String) {
        let arguments = ProgramArguments(["sample", "--stop=" + value, "m.runic"])
        let parsed =
            arguments.words.count == 4
            ? Array(arguments.words[1...2])
            : [ProgramArguments.halves(arguments.words[1])].flatMap { [$0.name, $0.value ?? ""] }
        #expect(scalars(parsed) == scalars(["--stop", value]))
        #expect(arguments.options == ["--stop"])
    }

    @Test("A value that begins with a dash stays with its option, and an empty one is a value")
    func dashes() {
        #expect(ProgramArguments(["--stop=-x", "--stop=--"]).words == ["--stop=-x", "--stop=--"])
        #expect(ProgramArguments(["--prompt=", "x"]).words == ["--prompt", "", "x"])
    }

    @Test("Nothing after a lone -- is changed")
    func terminated() {
        let arguments = ProgramArguments(["text", "--", "-q", "--stop=\u{301}", "--help"])
        #expect(arguments.words == ["text", "--", "-q", "--stop=\u{301}", "--help"])
        #expect(!arguments.isQuiet && arguments.help == nil)
    }

    @Test(
        "What every command has may stand anywhere",
        arguments: [["-q", "--no-color", "text", "x"], ["text", "--quiet", "x", "--no-color"]])
    func everywhere(words: [String]) {
        let arguments = ProgramArguments(words)
        #expect(arguments.isQuiet && arguments.isColorless && arguments.words == ["text", "x"])
    }

    @Test("Options are named as given, without values, up to a lone --")
    func options() {
        let arguments = ["train", "--out", "run", "--epochs=3", "-", "-o", "page", "--", "--text"]
        #expect(ProgramArguments(arguments).options == ["--out", "--epochs", "-o"])
    }

    @Test(
        "Bytes that are not UTF-8 may be in paths only",
        arguments: [
            (["sample", "m\u{10FEE9}.runic"], true), (["sample", "m.runic", "--prompt", "\u{10FEE9}"], false),
            (["sample", "m.runic", "--prompt=\u{10FEE9}"], false), (["train", "x", "--out=\u{10FEE9}"], true),
            (["train", "x", "-o", "\u{10FEE9}"], true),
            (["corpus", "get", "\u{10FEE9}"], false),
        ])
    func bytes(words: [String], isAllowed: Bool) throws {
        let arguments = ProgramArguments(words)
        let command = try #require(try CommandPath(arguments.plainWords).description)
        let isRead = (try? arguments.checkPaths(command)) != nil
        #expect(isRead == isAllowed, "\(words)")
    }

    @Test(
        "An empty path is refused by the name of its option, as a variable that is not set gives it",
        arguments: [
            (["train", "x", "--out", ""], "--out is empty; name a folder"),
            (["train", "x", "--out="], "--out is empty; name a folder"),
            (["train", "--resume", ""], "--resume is empty; name a folder"),
            (["quantize", "m", "--to", "int8", "-o", ""], "--out is empty; name a file"),
            (["train", "", "--out", "r"], "a path is empty, as is a variable that is not set; name a file"),
            (["sample", ""], "a path is empty, as is a variable that is not set; name a file"),
            (["sample", "m", "--prompt", ""], nil), (["sample", "m", "--prompt="], nil), (["text", "x"], nil),
        ])
    func empty(words: [String], message: String?) throws {
        let arguments = ProgramArguments(words)
        let command = try #require(try CommandPath(arguments.plainWords).description)
        #expect(arguments.needsCheck == words.contains { $0.isEmpty || $0.hasSuffix("=") })
        if let message {
            let error = #expect(throws: UsageError.self) { try arguments.checkPaths(command) }
            #expect(error?.message == message)
        } else {
            try arguments.checkPaths(command)
        }
    }

    @Test("A prompt and a stop text that begin with a mark are read as they are")
    func sample() throws {
        let tiny = try TinyModel.run()
        for option in ["--prompt=\u{301}", "--stop=\u{FE0F}", "--stop=\u{200D}", "--prompt="] {
            let outcome = try Tool.run(["sample", tiny.model, "--length", "3", "--seed", "1", option])
            #expect(outcome.status == 0, "\(option.unicodeScalars): \(outcome.errors)")
        }
    }
}
