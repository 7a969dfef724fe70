import Foundation
import RunicTesting
import Testing

@Suite("--unit byte")
struct ByteCommandTests {
    private let folder: TemporaryFolder
    private static let raw = (0..<9_000).map { UInt8(truncatingIfNeeded: $0 * $0 * 7 + $0 / 3) }

    init() throws { folder = try TemporaryFolder() }

    private func train(_ path: String, _ options: [String] = [], out: String = "run") throws -> Tool.Outcome {
        try Tool.run(
            ["train", path, "--out", folder.file(out), "--epochs", "1", "--unit", "byte"] + TinyModel.options + options)
    }

    @Test("a file of any bytes trains, resumes, is measured, sampled, quantized and studied")
    func anything() throws {
        let path = try folder.write([0x1F, 0x8B, 0x08] + Self.raw, to: "raw.gz")
        let trained = try train(path)
        #expect(trained.status == 0, "\(trained.errors)")
        #expect(trained.errors.contains("\(path): is gzip, not text; its bytes are read as they are\n"))
        #expect(trained.errors.contains("bytes are not UTF-8, the first at byte 1; they are read as they are\n"))
        let options = ["train", path, "--unit", "byte"] + TinyModel.options
        let stopped = try RunningTool.interrupted(
            options + ["--epochs", "64"], out: folder.file("cut"), signal: SIGTERM)
        #expect(stopped.status == 0, "\(stopped.errors)")
        let resumed = try Tool.run(["train", "--resume", folder.file("cut")])
        #expect(resumed.status == 0, "\(resumed.errors)")
        let model = folder.file("run/best.runic")
        let report = try Tool.run(["evaluate", model, path, "--json"]).object()
        #expect(report["symbols"] as? Int == 9_003 && report["unknown_symbols"] as? Int == 0)
        #expect(try Tool.run(["verify", model]).status == 0)
        for command in [
            ["quantize", model, "--to", "int8", "--out", folder.file("q.runic"), "--check", path],
            ["study", "gates", model, path, "--out", folder.file("g.html"), "--length", "50"],
            ["compare", path, "--cells", "gru,rnn", "--unit", "byte", "--hidden", "8", "--out", folder.file("c")]
                + ["--epochs", "1", "--batch", "4", "--sequence", "16", "--threads", "1"],
        ] {
            let outcome = try Tool.run(command)
            #expect(outcome.status == 0, "\(command): \(outcome.errors)")
        }
        let inspected = try Tool.run(["text", path, "--unit", "byte", "--no-estimate"])
        #expect(inspected.status == 0 && !inspected.text.contains("--repair"), "\(inspected.errors)")
        let traced = try Tool.run(["text", path, "--unit", "byte", "--trace", "1"])
        #expect(traced.status == 0 && traced.text.contains("1"), "\(traced.errors)")
    }

    @Test("samples of any bytes reach a pipe as they are, after a prompt of any bytes")
    func samples() throws {
        let path = try folder.write(Self.raw, to: "raw")
        #expect(try train(path).status == 0)
        let model = folder.file("run/best.runic")
        let sample = ["sample", model, "--length", "50", "--seed", "3", "--temperature", "3", "--quiet"]
        let found = try Tool.run(sample + ["--prompt", #"\xFF\x00a"#])
        #expect(found.status == 0 && found.errors == "", "\(found.errors)")
        #expect(found.output.count == 54 && found.output.starts(with: [0xFF, 0, 0x61]))
        let file = try folder.write([0xEF, 0xBB, 0xBF, 0xFF], to: "prompt")
        let read = try Tool.run(sample + ["--prompt-file", file])
        #expect(read.output.starts(with: [0xEF, 0xBB, 0xBF, 0xFF]) && read.output.count == 55, "\(read.errors)")
        let kept = try Tool.run(sample + ["--keep-utf8"])
        #expect(String(validating: kept.output, as: UTF8.self) != nil && kept.status == 0)
        let stopped = try Tool.run(sample + ["--prompt", "a", "--stop", #"\xFF"#, "--length", "5000"])
        #expect(stopped.status == 0 && !stopped.output.contains(0xFF), "\(stopped.errors)")
        try Tool.expectFailure(
            ["sample", try TinyModel.run().model, "--prompt", #"\xFF"#], status: 1,
            saying: "--prompt: byte 0 is not UTF-8 (0xFF); a prompt of this model is UTF-8")
    }

    @Test("samples of a text in UTF-8 are UTF-8, in whole characters, unless --no-keep-utf8 is given")
    func keeps() throws {
        let path = try folder.write(String(repeating: "“Égalité — naïve café”, 한국어 🦊.\n", count: 200), to: "text")
        #expect(try train(path).status == 0)
        let sample = ["sample", folder.file("run"), "--temperature", "5", "--quiet"]
        var broken = 0
        for seed in ["1", "2", "3"] {
            for count in ["1", "5"] {
                let kept = try Tool.run(sample + ["--seed", seed, "--count", count, "--length", "101"])
                #expect(kept.status == 0 && String(validating: kept.output, as: UTF8.self) != nil, "\(kept.errors)")
            }
            let raw = try Tool.run(sample + ["--seed", seed, "--length", "101", "--no-keep-utf8"])
            #expect(raw.output.count == 102)
            broken += String(validating: raw.output, as: UTF8.self) == nil ? 1 : 0
        }
        #expect(broken == 3)
        let talk = try Tool.run(
            ["repl", folder.file("run"), "--temperature", "5", "--length", "99", "--seed", "4"],
            input: Array("É\n\n".utf8))
        #expect(talk.status == 0 && String(validating: talk.output, as: UTF8.self) != nil, "\(talk.errors)")
    }

    @Test("raw bytes are shown as U+FFFD on a terminal")
    func terminal() throws {
        let path = try folder.write(Self.raw, to: "raw")
        #expect(try train(path).status == 0)
        let terminal = try PseudoTerminal([
            "sample", folder.file("run"), "--length", "80", "--seed", "3", "--quiet", "--prompt", #"\xFF\x1B[31m!end"#,
        ])
        let shown = try terminal.wait(for: "!end")
        #expect(shown.unicodeScalars.contains("\u{FFFD}") && !shown.contains("\u{1B}[31m"))
    }

    @Test("a stage that needs text reads the files as text, as before")
    func text() throws {
        let path = try folder.write(Self.raw, to: "raw")
        for options in [["--normalize", "nfc"], ["--stage", "case:to=lower"], ["--stage", "decode:encoding=utf-8"]] {
            try Tool.expectFailure(
                ["train", path, "--out", folder.file("no"), "--unit", "byte"] + options, status: 1,
                saying: "is not UTF-8")
        }
        let decomposed = try folder.write("e\u{301}\r\nb", to: "nfd")
        for (options, symbols) in [
            ([], 6), (["--normalize", "none"], 6), (["--newlines", "lf"], 5), (["--normalize", "nfc"], 4),
            (["--repair"], 4), (["--stage", "newlines:to=lf,unicode=true"], 4), (["--stage", "case:to=lower"], 4),
            (["--stage", "decode:encoding=bytes", "--normalize", "none"], 6),
        ] as [([String], Int)] {
            let report = try Tool.run(
                ["text", decomposed, "--json", "--no-estimate", "--unit", "byte"] + options
            ).object()
            #expect(report["symbols"] as? Int == symbols, "\(options)")
        }
        try Tool.expectFailure(
            ["text", path, "--stage", "decode:encoding=bytes"], status: 64, saying: "--unit grapheme needs text")
    }
}
