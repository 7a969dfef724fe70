import Foundation
import RunicTesting
import Testing

/// Streams that take nothing, as a shell gives them.
@Suite("Standard streams that fail")
struct StandardStreamTests {
    private let folder: TemporaryFolder
    private let tiny: TinyModel.Run

    init() throws {
        folder = try TemporaryFolder()
        tiny = try TinyModel.run()
    }

    /// Trains with a redirection and returns what the shell wrote.
    private func train(_ redirection: String) throws -> Tool.Outcome {
        let arguments = ["train", tiny.text, "--out", folder.file("run"), "--epochs", "2"] + TinyModel.options
        return try Tool.run("/bin/bash", ["-c", "\"$0\" \"$@\" \(redirection)", Tool.path] + arguments)
    }

    /// Whether the run was saved to its end.
    private func expectComplete() throws {
        #expect(try Tool.run(["verify", folder.file("run/best.runic")]).status == 0)
        let log = String(decoding: try folder.read("run/log.jsonl"), as: UTF8.self)
        #expect(log.hasPrefix("{") && log.split(separator: "\n").allSatisfy { $0.hasPrefix("{") })
        let resumed = try Tool.run(["train", "--resume", folder.file("run")])
        #expect(resumed.status == 0 && resumed.errors.contains("finished after"), "\(resumed.errors)")
    }

    @Test(
        "Notes that nobody takes end no training",
        arguments: ["2>&-", "2>/dev/full", "2> >(exec true)", "2>&1 >/dev/null | true; exit ${PIPESTATUS[0]}"])
    func errors(redirection: String) throws {
        let outcome = try train(redirection)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.lines.count == (redirection.contains("/dev/null") ? 0 : 3))
        try expectComplete()
    }

    @Test("Results that cannot be written fail, after everything is saved", arguments: [">/dev/full", ">&-"])
    func results(redirection: String) throws {
        let outcome = try train(redirection)
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.last?.hasPrefix("runic: standard output cannot be written: ") == true)
        try expectComplete()
    }

    @Test("A conversation whose output cannot be written fails, as all results do", arguments: [">/dev/full", ">&-"])
    func conversation(redirection: String) throws {
        let outcome = try Tool.run(
            "/bin/bash", ["-c", "\"$0\" repl \"$1\" --length 5 \(redirection)", Tool.path, tiny.model],
            input: Array("The otter\n/show\n".utf8))
        #expect(outcome.status == 1 && outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("runic: standard output cannot be written: "), "\(outcome.errors)")
    }

    @Test("A reader that has enough ends the program without a word")
    func closedPipe() throws {
        let outcome = try Tool.run(
            "/bin/bash",
            [
                "-c", "\"$0\" sample \"$1\" --seed 1 --length 100000 | head -c 9; exit ${PIPESTATUS[1]}", Tool.path,
                tiny.model,
            ])
        #expect(outcome.status == 0 && outcome.output.count == 9 && outcome.errors == "", "\(outcome.errors)")
    }
}
