import RunicTesting
import Foundation
import Testing

@Suite("runic quantize")
struct QuantizeCommandTests {
    private let tiny: TinyModel.Run
    private let folder: TemporaryFolder

    init() throws {
        tiny = try TinyModel.run()
        folder = try TemporaryFolder()
    }

    private func quantize(_ precision: String, _ arguments: String...) throws -> (path: String, outcome: Tool.Outcome) {
        let path = folder.file("\(precision).runic")
        let outcome = try Tool.run(["quantize", tiny.model, "--to", precision, "-o", path] + arguments)
        #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
        return (path, outcome)
    }

    @Test("writes a smaller archive and prints the sizes, and the path last", arguments: ["int8", "bf16"])
    func sizes(precision: String) throws {
        let (path, outcome) = try quantize(precision)
        let (before, after) = (
            try TemporaryFolder.bytes(of: tiny.model).count, try TemporaryFolder.bytes(of: path).count
        )
        #expect(after < before)
        #expect(outcome.lines.count == 3)
        #expect(outcome.lines[0].split(separator: " ") == ["f32", Substring(precision)])
        #expect(outcome.lines[1].split(separator: " ").prefix(3) == ["bytes", "\(before)", "\(after)"])
        #expect(outcome.lines[2] == path)
        #expect(try Tool.run(["verify", path]).status == 0)
    }

    @Test("--check measures both models and stores what evaluate says of them", arguments: ["int8", "bf16"])
    func check(precision: String) throws {
        let other = try folder.write(Array("Line 7. The otter has 3 eels.\n".utf8), to: "other.txt")
        let (path, outcome) = try quantize(precision, "--check", tiny.text, "--check", other, "--json")
        let printed = try outcome.object()
        #expect(
            Set(printed.keys) == ["path", "source_precision", "precision", "source_bytes", "bytes", "ratio", "check"])
        #expect(printed["precision"] as? String == precision && printed["source_precision"] as? String == "f32")
        let check = try #require(printed["check"] as? [String: Any])
        #expect(
            Set(check.keys) == [
                "source_nats_per_symbol", "nats_per_symbol", "difference", "symbols", "texts", "unknown_symbols",
            ])
        for (key, model) in [("source_nats_per_symbol", tiny.model), ("nats_per_symbol", path)] {
            let report = try Tool.run(["evaluate", model, tiny.text, other, "--json"]).object()
            #expect(check[key] as? Double == report["nats_per_symbol"] as? Double)
            #expect(check["symbols"] as? Int == report["symbols"] as? Int)
        }
        let texts = try #require(check["texts"] as? [[String: String]])
        #expect(texts.map { $0["name"] } == ["text.txt", "other.txt"])
        let sum = try Tool.run(Tool.program("sha256sum"), [other]).text.prefix(64)
        #expect(texts[1]["sha256"] == String(sum))
        let inspected = try Tool.run(["inspect", path, "--json"]).object()
        let record = try #require((inspected["metadata"] as? [String: Any])?["quantization"] as? [String: Any])
        #expect(Set(record.keys) == ["precision", "check"])
        #expect((record["check"] as? NSDictionary) == check as NSDictionary)
        #expect(inspected["precision"] as? String == precision)
    }

    @Test("inspect shows the precision of every model, and what making it smaller changed")
    func inspect() throws {
        #expect(try Tool.run(["inspect", tiny.model]).text.hasSuffix("\n\n  precision  f32\n"))
        let (plain, _) = try quantize("int8")
        #expect(
            try Tool.run(["inspect", plain]).text
                .hasSuffix("\n\n  precision  int8\n  quantized  not checked on any text\n"))
        let (path, outcome) = try quantize("bf16", "--check", tiny.text)
        let change = try #require(outcome.lines[2].split(separator: " ").dropFirst(5).first)
        let line = try #require(try Tool.run(["inspect", path]).lines.last)
        #expect(line.hasPrefix("  quantized  nats per symbol "))
        #expect(line.hasSuffix(" after (\(change)) on \(TinyModel.sentences.count) symbols of text.txt"))
        #expect(change.hasPrefix("+0.0") || change.hasPrefix("−0.0"))
    }

    @Test("A quantized model is evaluated and sampled like any other, and unpacked with its scales")
    func use() throws {
        let (path, _) = try quantize("int8")
        let nats = try Tool.run(["evaluate", path, tiny.text, "--json"]).object()["nats_per_symbol"] as? Double
        let whole = try Tool.run(["evaluate", tiny.model, tiny.text, "--json"]).object()["nats_per_symbol"] as? Double
        #expect(abs(try #require(nats) - #require(whole)) < 0.01)
        let sample = try Tool.run(["sample", path, "--seed", "1", "--length", "50", "--prompt", "Line"])
        #expect(sample.status == 0 && sample.text.count == 4 + 50 + 1)
        let repl = try Tool.run(["repl", path, "--seed", "1", "--length", "9"], input: Array("Line\n".utf8))
        #expect(repl.status == 0 && !repl.output.isEmpty)
        let unpacked = try Tool.run(["unpack", path, "--to", folder.file("parts")])
        #expect(unpacked.lines.contains { $0.hasSuffix("/quantization.json") })
        #expect(try folder.read("parts/quantization.json") == Array("{\"precision\":\"int8\"}\n".utf8))
    }

    @Test("--precision reads a model as if it were stored so", arguments: ["int8", "bf16"])
    func precision(precision: String) throws {
        let (path, _) = try quantize(precision)
        func evaluate(_ model: String, _ arguments: String...) throws -> [UInt8] {
            let outcome = try Tool.run(["evaluate", model, tiny.text, "--json"] + arguments)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome.output
        }
        let stored = try evaluate(path)
        #expect(try evaluate(tiny.model, "--precision", precision) == stored)
        #expect(try evaluate(path, "--precision", precision) == stored)
        #expect(try evaluate(tiny.model) != stored)
        #expect(try evaluate(tiny.model, "--precision", "f32") == evaluate(tiny.model))
        let sample = ["--seed", "1", "--length", "80", "--temperature", "1"]
        #expect(
            try Tool.run(["sample", tiny.model, "--precision", precision] + sample).output
                == Tool.run(["sample", path] + sample).output)
        let repl = try Tool.run(["repl", tiny.model, "--precision", precision], input: Array("Line\n".utf8))
        #expect(repl.status == 0 && !repl.output.isEmpty)
    }

    @Test("bf16 can become int8, and the same model gives the same bytes")
    func twice() throws {
        let (half, _) = try quantize("bf16")
        let outcome = try Tool.run(["quantize", half, "--to", "int8", "--out", folder.file("a.runic")])
        #expect(outcome.status == 0 && outcome.lines[0].split(separator: " ") == ["bf16", "int8"])
        let (first, _) = try quantize("int8")
        let bytes = try TemporaryFolder.bytes(of: first)
        let (second, _) = try quantize("int8")
        #expect(try TemporaryFolder.bytes(of: second) == bytes)
    }

    @Test("A model that has as few bits is refused in one line, and nothing is written")
    func refused() throws {
        let (quarter, _) = try quantize("int8")
        let (half, _) = try quantize("bf16")
        let out = folder.file("none.runic")
        for (model, precision, words) in [
            (quarter, "int8", "is int8 already"), (quarter, "bf16", "is int8 already"),
            (half, "bf16", "is bf16 already"),
        ] {
            try Tool.expectFailure(["quantize", model, "--to", precision, "-o", out], status: 1, saying: words)
        }
        #expect(!FileManager.default.fileExists(atPath: out))
    }

    @Test("What is read is not written over, by whatever name")
    func samePath() throws {
        let link = folder.file("link.runic")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: tiny.model)
        let (before, text) = (try TemporaryFolder.bytes(of: tiny.model), try TemporaryFolder.bytes(of: tiny.text))
        for out in [tiny.model, link, tiny.folder + "/../run/./best.runic", tiny.text] {
            try Tool.expectFailure(
                ["quantize", tiny.model, "--to", "int8", "-o", out, "--check", tiny.text], status: 64,
                saying: "--out is \(out), which is read; name another file")
        }
        let inFolder = try folder.write(text, to: "texts.txt")
        try Tool.expectFailure(
            ["quantize", tiny.model, "--to", "int8", "-o", inFolder, "--check", folder.path], status: 64,
            saying: "--out is \(inFolder), which is read; name another file")
        #expect(try TemporaryFolder.bytes(of: tiny.model) == before && TemporaryFolder.bytes(of: tiny.text) == text)
        #expect(try TemporaryFolder.bytes(of: inFolder) == text)
    }

    @Test("A text that cannot be checked with is named, and nothing is written")
    func badCheck() throws {
        let out = folder.file("none.runic")
        let empty = try folder.write([], to: "empty.txt")
        let invalid = try folder.write(Array("Line ".utf8) + [0xC3, 0x28], to: "invalid.txt")
        for (path, words) in [
            (folder.file("none.txt"), "none.txt: cannot be read: no such file or directory"),
            (empty, "empty.txt: there is no text in it"), (invalid, "invalid.txt: byte 5 is not UTF-8"),
        ] {
            try Tool.expectFailure(
                ["quantize", tiny.model, "--to", "int8", "-o", out, "--check", path], status: 1, saying: words)
        }
        #expect(!FileManager.default.fileExists(atPath: out))
        let repaired = try Tool.run(["quantize", tiny.model, "--to", "int8", "-o", out, "--check", invalid, "--repair"])
        #expect(repaired.status == 0, "\(repaired.errors)")
    }

    @Test("A pipe to check with is refused, because it is read twice")
    func pipe() throws {
        let command = #""$0" quantize "$1" --to int8 -o "$2" --check <(cat "$3")"#
        let outcome = try Tool.run(
            Tool.program("bash"), ["-c", command, Tool.path, tiny.model, folder.file("none.runic"), tiny.text])
        #expect(outcome.status == 1 && outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("a text to check with is read twice, so it must be a regular file"))
    }

    @Test("verify, and whatever loads a model, finds an invalid scale", arguments: [-1, .nan, 3e38] as [Float])
    func wrongScale(value: Float) throws {
        let (path, _) = try quantize("int8")
        var content = try Tool.run(Tool.program("lz4"), ["-dc", path]).output
        let header = content[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let object = try JSONSerialization.jsonObject(with: Data(content[8..<(8 + header)])) as? [String: Any]
        let entry = try #require(object?["decoder.weight.scale"] as? [String: Any])
        let first = try #require((entry["data_offsets"] as? [Int])?.first) + 8 + header + 4
        for byte in 0..<4 { content[first + byte] = UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32(byte))) }
        let changed = try folder.write(content, to: "content")
        let wrong = folder.file("wrong.runic")
        let packed = try Tool.run(Tool.program("lz4"), ["-q", "-BX", "--content-size", changed, wrong])
        try #require(packed.status == 0, "\(packed.errors)")
        let words = "wrong.runic: tensor 'decoder.weight.scale': element 1 is "
        try Tool.expectFailure(["verify", wrong], status: 1, saying: words)
        try Tool.expectFailure(
            ["sample", wrong], status: 1,
            saying: words + "\(value), which is not a valid scale; quantize the model again")
    }

    @Test("A place that cannot be written is named")
    func unwritable() throws {
        try Tool.expectFailure(
            ["quantize", tiny.model, "--to", "int8", "-o", folder.file("no/m.runic")], status: 1,
            saying: "no/m.runic: cannot be written: no such file or directory")
        try Tool.expectFailure(
            ["quantize", tiny.model, "--to", "int8", "-o", folder.path], status: 1, saying: "is a folder; name a file")
    }
}
