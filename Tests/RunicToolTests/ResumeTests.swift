import RunicTesting
import Foundation
import Testing

@Suite("Stopping and resuming")
struct ResumeTests {
    private let folder: TemporaryFolder
    private let tiny: TinyModel.Run

    init() throws {
        folder = try TemporaryFolder()
        tiny = try TinyModel.run()
    }

    private func lastStep(_ run: String) throws -> Int {
        let log = String(decoding: try folder.read(run + "/log.jsonl"), as: UTF8.self)
        let line = try #require(log.split(separator: "\n").last)
        let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return try #require(record?["step"] as? Int)
    }

    @Test(
        "Ctrl-C and SIGTERM save and leave with 0; --resume ends with the bytes of a run that was never stopped",
        arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) throws {
        let options = ["train", tiny.text, "--epochs", "16", "--dropout", "0.1"] + TinyModel.options
        let whole = try Tool.run(options + ["--out", folder.file("whole")])
        try #require(whole.status == 0, "\(whole.errors)")

        let stopped = try RunningTool.interrupted(options, out: folder.file("cut"), signal: signal)
        #expect(stopped.status == 0, "\(stopped.errors)")
        let end = try #require(stopped.errors.firstMatch(of: /interrupted after ([0-9]+) steps/), "\(stopped.errors)")
        let step = try #require(Int(end.1))
        #expect(stopped.lines.last.map(String.init) == folder.file("cut/best.runic"))
        #expect(try step < lastStep("whole"), "the run was over before it could be stopped")
        #expect(try lastStep("cut") <= step)
        for name in ["best", "last"] {
            #expect(try Tool.run(["verify", folder.file("cut/\(name).runic")]).status == 0)
        }

        let resumed = try Tool.run(["train", "--resume", folder.file("cut")])
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(resumed.errors.contains("continuing after step \(step)"), "\(resumed.errors)")
        try RunFiles.expectSame(folder.file("cut"), RunFiles(folder.file("whole")))
    }

    @Test("A finished run has nothing to resume, and reports its losses again")
    func finished() throws {
        let options = ["train", tiny.text, "--out", folder.file("run"), "--epochs", "1"] + TinyModel.options
        let first = try Tool.run(options)
        let again = try Tool.run(["train", "--resume", folder.file("run")])
        #expect(first.status == 0 && again.status == 0, "\(again.errors)")
        #expect(again.output == first.output)
    }

    @Test("A run is resumed from another current folder")
    func otherFolder() throws {
        let command = "cd '\(folder.path)' && '\(Tool.path)' train text.txt --out run --epochs 1 \"$@\""
        _ = try folder.write(Array(TinyModel.sentences.utf8), to: "text.txt")
        let first = try Tool.run("/bin/sh", ["-c", command, "sh"] + TinyModel.options)
        try #require(first.status == 0, "\(first.errors)")
        let resumed = try Tool.run("/bin/sh", ["-c", "cd / && '\(Tool.path)' train --resume '\(folder.file("run"))'"])
        #expect(resumed.status == 0, "\(resumed.errors)")
    }
}
