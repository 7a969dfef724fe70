import RunicTesting
import Testing

@testable import RunicTool

@Suite("What every command has")
struct QuietTests {
    @Test("With --quiet, before or after the command, a run prints its results only", arguments: [true, false])
    func quiet(isFirst: Bool) throws {
        let folder = try TemporaryFolder()
        let text = try folder.write(TinyModel.sentences, to: "text.txt")
        let train = ["train", text, "-o", folder.file("run"), "--epochs", "1"] + TinyModel.options
        let outcome = try Tool.run(isFirst ? ["--quiet"] + train : train + ["-q"])
        #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
        #expect(outcome.text.contains("best.runic"))
    }

    @Test("With --quiet, wrong arguments and failures still have their line")
    func errors() throws {
        try Tool.expectFailure(["-q", "trian"], status: 64, saying: "'train'")
        try Tool.expectFailure(["train", "--quiet"], status: 64, saying: "no text is given")
        try Tool.expectFailure(["text", "-q", "/nowhere/none.txt"], status: 1, saying: "none.txt: cannot be read")
    }

    @Test("A resumed run may be quiet")
    func resumed() throws {
        try Tool.expectFailure(
            ["train", "--resume", "/nowhere/run", "--quiet", "--no-color"], status: 1, saying: "/nowhere/run")
    }

    @Test("-o is --out in every command that writes something")
    func output() throws {
        let writing = try CommandPaths.all().filter { path in
            let command = try #require(CommandDescription.of(path))
            guard let out = command.option("--out") else { return false }
            #expect(out.names.contains("-o"), "\(path)")
            return true
        }
        #expect(
            writing.map { $0.joined(separator: " ") }.sorted() == [
                "compare", "corpus get", "quantize", "study gates", "study gradients", "study memory", "text", "train",
                "unpack",
            ])
    }

    @Test(
        "A result that cannot be written is a failure",
        arguments: [
            "--help", "help train", "train --help-all", "--version", "corpus list", "--generate-completion-script bash",
        ])
    func fullDisk(arguments: String) throws {
        let outcome = try Tool.run("/bin/bash", ["-c", "'\(Tool.path)' \(arguments) > /dev/full"])
        #expect(outcome.status == 1, "\(arguments)")
        #expect(outcome.errors == "runic: standard output cannot be written: no space left on device\n")
        let closed = try Tool.run("/bin/bash", ["-c", "'\(Tool.path)' \(arguments) >&-"])
        #expect(closed.status == 1, "\(arguments)")
    }
}
