import RunicTesting
import Foundation
import Runic
import Testing

@Suite("A model from a file that means harm")
struct HostileModelTests {
    private let scratch: TemporaryFolder
    private let archive: Archive

    init() throws {
        scratch = try TemporaryFolder()
        var options = tinyOptions(try scratch.write(nursery, to: "text.txt"))
        options.training.epochs = 1
        options.training.documentSeparator = "\n"
        archive = try Archive.read(path: TrainingRun(options: options, out: scratch.path + "/run").run().bestPath)
    }

    /// The archive with a JSON object of its metadata changed.
    private func changed(_ key: String, _ change: (inout [String: Any]) -> Void) throws -> Archive {
        let text = try #require(archive.metadata[key])
        var object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        change(&object)
        var archive = archive
        archive.metadata[key] = String(
            decoding: try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]), as: UTF8.self)
        return archive
    }

    /// The message of the refusal.
    private func refusal(_ archive: Archive, sourceLocation: SourceLocation = #_sourceLocation) -> String {
        let error = #expect(throws: RunicError.self, sourceLocation: sourceLocation) {
            try TextModel(archive: archive)
        }
        return error?.description ?? ""
    }

    @Test("shows a time of training that cannot be as not known", arguments: [1e308, -1e19, -3, 9.3e18])
    func seconds(seconds: Double) throws {
        let model = try TextModel(archive: changed("training") { $0["seconds"] = seconds })
        #expect(model.summary.contains("steps, a time that is not known\n"), "\(model.summary)")
    }

    @Test("sends the separator of documents through its own stages, not those that a note names")
    func separator() throws {
        let growing: [String: Any] = [
            "name": "replace", "version": 1,
            "options": ["pattern": "\n", "with": String(repeating: "a", count: 60_000)],
        ]
        let model = try TextModel(
            archive: changed("training") { note in
                var options = note["options"] as? [String: Any] ?? [:]
                options["pipeline"] = [growing, ["name": "segment"]]
                note["options"] = options
            })
        let own = try TextModel(archive: archive)
        var (context, expected) = (model.start(), own.start())
        #expect(model.read("the\ncat", into: &context) == own.read("the\ncat", into: &expected))
    }

    @Test("is refused with a separator longer than any")
    func longSeparator() throws {
        let long = try changed("training") { note in
            var options = note["options"] as? [String: Any] ?? [:]
            var training = options["training"] as? [String: Any] ?? [:]
            for key in training.keys where training[key] as? String == "\n" {
                training[key] = String(repeating: "\n", count: 5_000)
            }
            options["training"] = training
            note["options"] = options
        }
        let message = refusal(long)
        #expect(message.contains("at most 4096 bytes") && message.utf8.count < 300, "\(message)")
    }

    @Test("is refused if its vocabulary is of another unit than its pipeline")
    func unit() throws {
        let words = try changed("vocabulary") { $0["unit"] = "word" }
        #expect(refusal(words).hasSuffix("has the unit word, and the pipeline grapheme"))
    }

    @Test("is named by a check of its vocabulary if a symbol is several")
    func severalClusters() throws {
        try TextModel(archive: archive).checkVocabulary()
        let joined = try changed("vocabulary") { vocabulary in
            var symbols = vocabulary["symbols"] as? [String] ?? []
            symbols[3] = "zq"
            vocabulary["symbols"] = symbols
        }
        let model = try TextModel(archive: joined)
        let error = #expect(throws: RunicError.self) { try model.checkVocabulary() }
        #expect(error?.description.contains("symbol 3 (bytes 7a71) is 2 symbols by grapheme") == true)
    }

    @Test("is named by a check of its note if that has a pipeline beyond all limits, and runs all the same")
    func noteLimits() throws {
        try TextModel(archive: archive).checkNote()
        let model = try TextModel(
            archive: changed("training") { note in
                var options = note["options"] as? [String: Any] ?? [:]
                let with = String(repeating: "a", count: 70_000)
                options["pipeline"] = [
                    ["name": "replace", "version": 1, "options": ["pattern": "a", "with": with]], ["name": "segment"],
                ]
                note["options"] = options
            })
        let error = #expect(throws: RunicError.self) { try model.checkNote() }
        #expect(
            error?.description.hasSuffix(
                "metadata key 'training': holds no note that training writes: the pipeline is too large: an option of "
                    + "the stage 'replace' has 70000 bytes; the limit is 65536") == true, "\(error?.description ?? "")")
    }

    private func bias(_ value: Float, _ count: Int) throws -> ArchiveTensor {
        var values = [Float](repeating: 0, count: count)
        values[2] = value
        return try ArchiveTensor(name: "decoder.bias", shape: [count], floats: values.span)
    }

    private func wideBias(_ value: Double, _ count: Int) throws -> ArchiveTensor {
        var bytes = [UInt8](repeating: 0, count: 8 * count)
        for byte in 0..<8 { bytes[16 + byte] = UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64(byte))) }
        return try unsafe ArchiveTensor(
            name: "decoder.bias", elementType: .float64, shape: [count], bytes: bytes.span.bytes)
    }

    @Test("is refused if a number is infinite or none, also where only float32 makes it so")
    func numbers() throws {
        let index = try #require(archive.tensors.firstIndex { $0.name == "decoder.bias" })
        let count = archive.tensors[index].elementCount
        for (value, isWide) in [(Double.nan, false), (.infinity, false), (1e300, true), (-1e300, true)] {
            var archive = archive
            archive.tensors[index] = try isWide ? wideBias(value, count) : bias(Float(value), count)
            let words = "tensor 'decoder.bias': element 2 is not a finite number"
            #expect(refusal(archive).contains(words), "\(value)")
            let verified = #expect(throws: ArchiveError.self) { try ArchiveVerification(archive) }
            #expect(verified?.description.contains(words) == true, "\(value)")
        }
    }

    @Test("cannot put controls into a warning about Unicode, nor into a note about quantization")
    func controls() throws {
        let other = try TextModel(
            archive: changed("unicode") {
                $0["fingerprint"] = "0"
                $0["icu"] = "\u{1B}[2J\u{9B}\u{202E}" + String(repeating: "9", count: 10_000)
            })
        let warning = try #require(other.unicodeWarning)
        #expect(warning.printable == warning && warning.utf8.count < 1_000)
        var quantized = archive
        quantized.metadata["quantization"] = #"""
            {"precision": "int8", "check": {"source_nats_per_symbol": 1, "nats_per_symbol": 1, "difference": 0,
            "symbols": 9, "texts": [{"name": "\u001b]0;x\u0007", "sha256": ""}]}}
            """#
        let note = try #require(try TextModel(archive: quantized).quantizationNote)
        #expect(note.text.hasSuffix(#"on 9 symbols of \u{1b}]0;x\u{7}"#), "\(note.text)")
    }
}
