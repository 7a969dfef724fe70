import RunicTesting
import Foundation
import Testing

@Suite("runic text and runic evaluate")
struct TextCommandTests {
    private let tiny: TinyModel.Run

    init() throws { tiny = try TinyModel.run() }

    /// The project's corpora, three folders above this file.
    private static let corpora = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("corpora").path

    @Test("text --json counts the text of many scripts")
    func scripts() throws {
        let path = Self.corpora + "/scripts.txt"
        let bytes = try TemporaryFolder.bytes(of: path)
        let outcome = try Tool.run(["text", "--json", path])
        #expect(outcome.status == 0 && outcome.errors == "")
        let object = try outcome.object()
        #expect(object["bytes"] as? Int == bytes.count)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(object["symbols"] as? Int == text.precomposedStringWithCanonicalMapping.count)
        for key in ["code_points", "vocabulary_size", "trouble"] { #expect(object[key] != nil, "\(key)") }
        let bytewise = try Tool.run([
            "text", "--json", "--unit", "byte", "--normalize", "none", "--newlines", "keep", path,
        ]).object()
        #expect(bytewise["symbols"] as? Int == bytes.count)
        #expect(bytewise["vocabulary_size"] as? Int == Set(bytes).count)
    }

    @Test("text lists invalid bytes by their offsets instead of stopping")
    func trouble() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([0x61, 0x62, 0xC3, 0x28, 0x63, 0xFF], to: "bad.txt")
        let object = try Tool.run(["text", "--json", path]).object()
        let trouble = try #require(object["trouble"] as? [[String: Any]])
        #expect(trouble.compactMap { $0["offset"] as? Int } == [2, 5])
    }

    @Test("text reports parts, entropy, repeats and advice, as JSON and as a page")
    func inspection() throws {
        let folder = try TemporaryFolder()
        let lines = (0..<400).map { "line \($0 % 300) of a text that comes again\($0 % 7 == 0 ? "\r" : "")\n" }.joined()
        let path = try folder.write(Array(lines.utf8), to: "text.txt")
        let page = folder.file("page.html")
        let outcome = try Tool.run([
            "text", path, "--json", "--no-estimate", "--newlines", "keep", "--symbols", "3", "--html", page,
        ])
        #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
        let object = try outcome.object()
        #expect((object["symbol_table"] as? [Any])?.count == 3)
        let advice = try #require(object["advice"] as? [String])
        #expect(advice.contains { $0.contains("--newlines lf") } && advice.contains { $0.contains("word for word") })
        for key in ["split", "entropy", "held_out", "repeats", "repeated_lines", "line_lengths", "normalization"] {
            #expect(object[key] != nil, "\(key)")
        }
        #expect(object["presets"] == nil)
        let markup = String(decoding: try TemporaryFolder.bytes(of: page), as: UTF8.self)
        #expect(markup.hasPrefix("<!DOCTYPE html>") && markup.contains("<svg"))
        for forbidden in ["src=", "href=", "@import", "url(http"] { #expect(!markup.contains(forbidden)) }
    }

    @Test("text measures what every preset would take")
    func estimate() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Array("abc def ghi\n".utf8), to: "text.txt")
        let object = try Tool.run(["text", path, "--json"]).object()
        let presets = try #require(object["presets"] as? [[String: Any]])
        #expect(presets.compactMap { $0["preset"] as? String } == ["tiny", "small", "medium", "large"])
        #expect(
            presets.allSatisfy { ($0["symbols_per_second"] as? Double ?? 0) > 0 && ($0["bytes"] as? Double ?? 0) > 1e5 }
        )
    }

    @Test(
        "text refuses what cannot be", arguments: [["--split", "0.5,0.2,0.2"], ["--html", ""], ["--symbols", "-1"]])
    func refusals(arguments: [String]) throws {
        let outcome = try Tool.run(["text", tiny.text] + arguments)
        #expect(outcome.status != 0 && outcome.errors.contains(String(arguments[0].dropFirst(2))))
    }

    @Test("evaluate --json has the contract's keys, and its figures agree with each other")
    func evaluate() throws {
        let outcome = try Tool.run(["evaluate", tiny.model, tiny.text, "--json"])
        #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
        let object = try outcome.object()
        let keys: Set = [
            "nats_per_symbol", "perplexity", "bits_per_character", "bits_per_byte", "symbols", "bytes",
            "unknown_symbols", "spelled_symbols", "lossy", "characters", "unseen_symbols",
        ]
        #expect(Set(object.keys) == keys)
        let nats = try #require(object["nats_per_symbol"] as? Double)
        let perplexity = try #require(object["perplexity"] as? Double)
        #expect(abs(perplexity - exp(nats)) < 1e-9 * perplexity)
        let count = TinyModel.sentences.utf8.count
        #expect(object["symbols"] as? Int == count && object["bytes"] as? Int == count)
        #expect(object["unknown_symbols"] as? Int == 0 && object["lossy"] as? Bool == false)
        #expect(object["bits_per_byte"] as? Double == object["bits_per_character"] as? Double, "the text is ASCII")
        #expect(nats > 0.1 && nats < 2.5)
    }

    @Test("What a model never saw costs more, and is counted")
    func unknown() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Array((TinyModel.sentences.prefix(200) + "漢字").utf8), to: "unknown.txt")
        let object = try Tool.run(["evaluate", tiny.model, path, "--json"]).object()
        #expect(object["unknown_symbols"] as? Int == 2)
        #expect(object["symbols"] as? Int == 202)
    }

    @Test("More than five symbols in a hundred unknown are a warning with names and remedy; fewer are not")
    func unknownWarning() throws {
        let folder = try TemporaryFolder()
        let many = try folder.write(Array((TinyModel.sentences.prefix(200) + "漢漢字漢漢字漢漢字漢漢漢").utf8), to: "many.txt")
        let few = try folder.write(Array((TinyModel.sentences.prefix(240) + "漢字漢漢字漢漢字漢漢漢").utf8), to: "few.txt")
        let warned = try Tool.run(["evaluate", tiny.model, many])
        #expect(warned.status == 0 && warned.text.contains(" 12  5.7 %: '漢' (9), '字' (3)\n"))
        #expect(
            warned.errors.hasPrefix(
                "runic: warning: \(many): 12 of 212 symbols (5.7 %) are not in the vocabulary, such as '漢' (9), '字' (3)"
            )
        )
        #expect(warned.errors.contains("--fallback bytes") && warned.errorLines.count == 1)
        #expect(try Tool.run(["evaluate", tiny.model, few]).errors == "")
        let checked = try Tool.run(
            ["quantize", tiny.model, "--to", "int8", "-o", folder.file("q.runic"), "--check", many])
        #expect(checked.errors.hasPrefix("runic: warning: \(many): 12 of 212 symbols"), "\(checked.errors)")
        #expect(checked.text.contains("on 212 symbols, 12 (5.7 %) of them unknown"), "\(checked.text)")
        let page = try Tool.run(["study", "gates", tiny.model, many, "-o", folder.file("page.html")])
        #expect(page.errors.hasPrefix("runic: warning: \(many): 12 of 212 symbols"), "\(page.errors)")
    }

    @Test("A perplexity without meaning is printed short, and in full in JSON")
    func hugePerplexity() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Array("紅樓夢甄士隱夢幻識通靈".utf8), to: "foreign.txt")
        let lines = try Tool.run(["evaluate", tiny.model, path]).lines
        let shown = try #require(lines.first { $0.hasPrefix("perplexity") }?.split(separator: " ").last)
        #expect(shown.contains(".") && shown.contains("e") && shown.count < 10, "\(shown)")
        let object = try Tool.run(["evaluate", tiny.model, path, "--json"]).object()
        #expect(try #require(object["perplexity"] as? Double) > 1e6)
    }
}
