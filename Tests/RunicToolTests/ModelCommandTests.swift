import RunicTesting
import Foundation
import Testing

@Suite("runic inspect, verify, unpack and lz4")
struct ModelCommandTests {
    private let model: String

    init() throws { model = try TinyModel.run().model }

    private static let tensors = [
        "embedding.weight", "rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0",
        "decoder.weight", "decoder.bias",
    ]

    @Test("inspect --json is one object with the metadata of the contract and the tensors")
    func inspect() throws {
        let outcome = try Tool.run(["inspect", "--json", model])
        #expect(outcome.status == 0 && outcome.errors == "")
        let metadata = try #require(outcome.object()["metadata"] as? [String: Any])
        #expect(
            Set(metadata.keys) == ["format", "model", "pipeline", "vocabulary", "unicode", "training"])
        let shown = try Tool.run(["inspect", model])
        for name in Self.tensors { #expect(shown.text.contains(name)) }
    }

    @Test("The vocabulary lists its symbols in the order of their ids, and which is the unknown one")
    func vocabulary() throws {
        let metadata = try #require(
            Tool.run(["inspect", "--json", model]).object()["metadata"] as? [String: Any])
        let object = try #require(metadata["vocabulary"] as? [String: Any])
        let symbols = try #require(object["symbols"] as? [String])
        let unknown = try #require(object["unknown"] as? Int)
        #expect(object["unit"] as? String == "grapheme")
        #expect(symbols.indices.contains(unknown))
        var known = symbols
        known.remove(at: unknown)
        #expect(Set(known) == Set(TinyModel.sentences.map(String.init)))
    }

    @Test("verify finds a sound model sound")
    func verify() throws {
        let outcome = try Tool.run(["verify", model])
        #expect(outcome.status == 0 && outcome.errors == "")
        #expect(outcome.lines.first?.hasSuffix(": sound") == true)
        #expect(try Tool.run(["verify", "--json", model]).object().isEmpty == false)
    }

    @Test("unpack writes the bytes that lz4 -dc prints, and prints the files it wrote")
    func unpack() throws {
        let folder = try TemporaryFolder()
        let outcome = try Tool.run(["unpack", model, "--to", folder.file("out")])
        #expect(outcome.status == 0, "\(outcome.errors)")
        for line in outcome.lines { #expect(FileManager.default.fileExists(atPath: String(line))) }
        let unpacked = try Tool.run(Tool.program("lz4"), ["-dc", model])
        #expect(unpacked.status == 0)
        #expect(try folder.read("out/model.safetensors") == unpacked.output)
        let header = unpacked.output[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let object = try JSONSerialization.jsonObject(with: Data(unpacked.output[8..<(8 + header)]))
        let names = try #require(object as? [String: Any]).keys
        #expect(Set(names) == Set(Self.tensors + ["__metadata__"]))
    }
}
