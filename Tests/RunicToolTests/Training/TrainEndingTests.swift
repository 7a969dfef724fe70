import Foundation
import RunicTesting
import Testing

@Suite("The end of a training")
struct TrainEndingTests {
    private let folder: TemporaryFolder
    private let tiny: TinyModel.Run

    init() throws {
        folder = try TemporaryFolder()
        tiny = try TinyModel.run()
    }

    @Test("A sample of the best model and commands to type come on standard error, results alone on standard output")
    func sample() throws {
        let errors = tiny.outcome.errors.split(separator: "\n").map(String.init)
        let start = try #require(errors.firstIndex { $0.hasPrefix("a sample of the best model at temperature 0.7") })
        let lines = errors[(start + 1)...].prefix { $0.hasPrefix("  ") }
        #expect((1...4).contains(lines.count), "\(errors)")
        #expect(tiny.outcome.errors.contains("next: runic sample \(tiny.folder) --prompt "))
        #expect(errors.last == "      runic repl \(tiny.folder)")
        #expect(tiny.outcome.output.split(separator: "\n").count == 3)
    }

    @Test("Ctrl-C names the command that continues, quoted so that a shell runs it")
    func interrupted() throws {
        let out = folder.file("a run's folder")
        let options = ["train", tiny.text, "--epochs", "12"] + TinyModel.options
        let stopped = try RunningTool.interrupted(options, out: out, signal: SIGINT)
        let line = try #require(stopped.errorLines.last { $0.hasPrefix("to continue: ") }, "\(stopped.errors)")
        let command = line.dropFirst("to continue: runic ".count)
        #expect(command.contains(#"'\''s folder'"#))
        let script = "'\(Tool.path)' \(command)"
        let resumed = try Tool.run("/bin/sh", ["-c", script])
        #expect(resumed.status == 0 && resumed.errors.contains("continuing after step"), "\(resumed.errors)")
    }

    @Test("--early-stop ends a run that no longer improves, and resuming finds it at its end")
    func earlyStop() throws {
        let out = folder.file("run")
        let outcome = try Tool.run(
            ["train", tiny.text, "--out", out, "--epochs", "50", "--validate-every", "3", "--early-stop", "2"]
                + TinyModel.options.map { $0 == "1e-2" ? "1e-12" : $0 })
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("no improvement in 2 validations: ended after "), "\(outcome.errors)")
        let settings = try JSONSerialization.jsonObject(with: Data(folder.read("run/settings.json"))) as? [String: Any]
        #expect((settings?["training"] as? [String: Any])?["early_stop"] as? Int == 2)
        let before = try ["best.runic", "last.runic", "log.jsonl"].map { try folder.read("run/" + $0) }
        let again = try Tool.run(["train", "--resume", out])
        #expect(again.status == 0 && again.output == outcome.output, "\(again.errors)")
        #expect(try ["best.runic", "last.runic", "log.jsonl"].map { try folder.read("run/" + $0) } == before)
    }

    @Test("Settings without --early-stop have no key for it")
    func noEarlyStop() throws {
        let settings = String(decoding: try TemporaryFolder.bytes(of: tiny.folder + "/settings.json"), as: UTF8.self)
        #expect(!settings.contains("early_stop") && !settings.contains("no_sources"))
    }

    @Test("Two runs leave the same bytes, in any folder and on any number of threads")
    func identical() throws {
        for (name, threads) in [("one", "1"), ("deeper/two", "3")] {
            let outcome = try Tool.run(
                ["train", tiny.text, "--out", folder.file(name), "--epochs", "2", "--dropout", "0.1", "--batch", "32"]
                    + ["--sequence", "16", "--hidden", "24", "--layers", "1", "--threads", threads]
                    + ["--checkpoint-every", threads == "1" ? "0s" : "1h"])
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
        for model in ["best.runic", "last.runic"] {
            #expect(try folder.read("one/" + model) == folder.read("deeper/two/" + model), "\(model)")
        }
        let comparisons = ["c1", "c2"]
        for name in comparisons {
            let outcome = try Tool.run(
                ["compare", tiny.text, "--cells", "gru", "--out", folder.file(name), "--epochs", "1"]
                    + TinyModel.options)
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
        #expect(try folder.read("c1/gru-1.runic") == folder.read("c2/gru-1.runic"))
    }
}
