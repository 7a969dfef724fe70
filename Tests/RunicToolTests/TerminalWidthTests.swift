import Foundation
import RunicDisplay
import RunicTesting
import Testing

@Suite("Output on a terminal")
struct TerminalWidthTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What a terminal of a width gets from `runic`: its lines, and each state of a line that is rewritten.
    private func lines(_ arguments: [String], columns: Int, status: Int32 = 0) throws -> [String] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("terminal.py").path
        let outcome = try Tool.run(try Tool.program("python3"), [script, "\(columns)", Tool.path] + arguments)
        #expect(outcome.status == status, "\(arguments): \(outcome.text) \(outcome.errors)")
        return outcome.text.replacing("\u{1B}[K", with: "").split { $0.isNewline || $0 == "\r" }.map(String.init)
    }

    /// Commands of each kind of output.
    private func commands() throws -> [[String]] {
        let text = try folder.write(Array(TinyModel.sentences.utf8.prefix(6000)), to: "猫 a text.txt")
        let model = try TinyModel.run().model
        let tiny = [
            "--hidden", "4", "--layers", "1", "--embedding", "4", "--batch", "4", "--sequence", "16", "--epochs", "1",
            "--threads", "1",
        ]
        return [
            ["corpus", "list"], ["text", "--stages"], ["inspect", model], ["verify", model], ["evaluate", model, text],
            ["text", "--no-estimate", text], ["text", "--trace", "0-40", text],
            ["compare", text, "--cells", "lstm:peephole,gru", "--seeds", "2"] + tiny,
            ["train", text, "--out", folder.file("run")] + tiny,
            [
                "study", "memory", "--task", "copy", "--lags", "10", "--cells", "rnn,lstm:peephole", "--hidden", "4",
                "--steps", "50",
            ],
            ["study", "gradients", "--steps", "100", "--hidden", "4", "--out", folder.file("g.html")],
        ]
    }

    @Test("Nothing is wider than the terminal but a word that is", arguments: [80, 50])
    func widths(columns: Int) throws {
        for command in try commands() {
            try? FileManager.default.removeItem(atPath: folder.file("run"))
            let lines = try lines(command, columns: columns)
            #expect(lines.count > 1, "\(command)")
            for line in lines where line.columns > columns {
                #expect(!line.trimmingCharacters(in: .whitespaces).contains(" "), "\(command): \(line)")
            }
        }
    }

    @Test(
        "No word is broken, and piped output is not laid out", arguments: [["corpus", "list"], ["text", "--stages"]])
    func words(command: [String]) throws {
        let piped = try Tool.run(command)
        let shown = try lines(command, columns: 60)
        func words(_ text: String) -> [String] { text.split { $0.isWhitespace }.map(String.init).sorted() }
        #expect(words(shown.joined(separator: "\n")) == words(piped.text))
        #expect(piped.lines.contains { $0.columns > 80 } && shown.count > piped.lines.count)
    }

    @Test("An error is broken between words on a terminal, and is one line elsewhere")
    func errors() throws {
        let arguments = ["evaluate", folder.file("no model that has a long name.runic"), "text.txt"]
        let shown = try lines(arguments, columns: 50, status: 1)
        #expect(shown.count > 1 && shown[0].hasPrefix("runic:") && shown.dropFirst().allSatisfy { $0.hasPrefix("  ") })
        try Tool.expectFailure(arguments, status: 1, saying: "no model that has a long name.runic")
    }
}
