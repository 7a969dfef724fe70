import RunicTesting
import Foundation
import Testing

@testable import RunicArchive

@Suite("Inspecting, verifying and unpacking")
struct ArchiveReportTests {
    private func file(_ folder: TemporaryFolder, _ change: (inout Archive) throws -> Void = { _ in }) throws -> String {
        var archive = try Samples.archive()
        try change(&archive)
        try archive.write(to: folder.file("m.runic"))
        return folder.file("m.runic")
    }

    @Test("an inspection lists tensors and metadata in columns")
    func inspection() throws {
        var archive = Archive(path: "m.runic")
        archive.metadata["format"] = "1"
        archive.metadata["model"] = "\"\u{1B}[2J" + String(repeating: "x", count: 200)
        archive.tensors = [
            try ArchiveTensor(name: "embedding.weight", shape: [3, 4], floats: Samples.values(12).span),
            try ArchiveTensor(name: "scale", shape: [], floats: [1].span, storedAs: .bfloat16),
        ]
        #expect(
            ArchiveInspection(archive).rendered == """
                m.runic
                  13 numbers in 2 tensors

                  tensor            type  shape  numbers  bytes
                  embedding.weight  F32   3 × 4  12       48
                  scale             BF16  one    1        2

                  metadata
                  format    1
                  model     "\\u{1b}[2J\(String(repeating: "x", count: 84))…

                """)
    }

    @Test("the JSON of an inspection has snake-case keys and the metadata as JSON values")
    func inspectionJSON() throws {
        let folder = try TemporaryFolder()
        let inspection = ArchiveInspection(try Archive.read(path: file(folder) { $0.metadata["note"] = "not JSON" }))
        let json = try JSONEncoder().encode(inspection)
        let object = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(object.keys.sorted() == ["elements", "file_size", "metadata", "metadata_keys", "path", "tensors"])
        #expect(object["elements"] as? Int == 24)
        #expect((object["file_size"] as? [String: Int])?.keys.sorted() == ["compressed", "content"])
        let tensor = try #require((object["tensors"] as? [[String: Any]])?.first)
        #expect(tensor.keys.sorted() == ["bytes", "element_type", "elements", "name", "shape"])
        #expect(tensor["element_type"] as? String == "F32")
        let metadata = try #require(object["metadata"] as? [String: Any])
        #expect(metadata["model"] as? [String: String] == ["cell": "lstm"])
        #expect(metadata["pipeline"] as? [String] == ["normalize/nfc"])
        #expect(metadata["licence"] as? String == "CC0-1.0")
        #expect(metadata["format"] as? Int == 1)
        #expect(metadata["note"] as? String == "not JSON")
    }

    @Test(
        "metadata of every kind of JSON keeps its value, and other text is a string",
        arguments: [
            ("null", "null"), ("true", "true"), ("false", "false"), ("0", "0"), ("1", "1"), ("-7", "-7"),
            ("18446744073709551615", "18446744073709551615"), ("0.1", "0.1"), (#" "a\u00e9" "#, "\"aé\""),
            (#"{"b": [1, null, {"a": []}], "a": {}}"#, #"{"a":{},"b":[1,null,{"a":[]}]}"#),
            ("", "\"\""), ("nan", "\"nan\""), ("{", "\"{\""), ("1e999", "\"1e999\""), ("1 2", "\"1 2\""),
        ])
    func metadataValues(text: String, expected: String) throws {
        var archive = Archive()
        archive.metadata["key"] = text
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(ArchiveInspection(archive)), as: UTF8.self)
        #expect(json.contains(#""metadata":{"key":\#(expected)}"#), "\(json)")
    }

    @Test("metadata that is nested as deep as a file may have it can be inspected", arguments: [256, 257, 511, 5000])
    func deepMetadata(depth: Int) throws {
        var archive = Archive()
        archive.metadata["key"] = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(throws: Never.self) { try JSONEncoder().encode(ArchiveInspection(archive)) }
    }

    @Test("the JSON of a verification has snake-case keys and survives")
    func verificationJSON() throws {
        let folder = try TemporaryFolder()
        let verification = try ArchiveVerification(path: file(folder))
        let json = try JSONEncoder().encode(verification)
        #expect(try JSONDecoder().decode(ArchiveVerification.self, from: json) == verification)
        let object = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(
            object.keys.sorted() == ["element_count", "file_size", "format", "metadata_keys", "path", "tensor_count"])
    }

    @Test("a verification states what it checked")
    func verification() throws {
        let folder = try TemporaryFolder()
        let path = try file(folder)
        let verification = try ArchiveVerification(path: path)
        #expect(verification.format == 1 && verification.tensorCount == 5 && verification.elementCount == 24)
        #expect(verification.metadataKeys == ["format", "model", "pipeline", "vocabulary", "licence"])
        #expect(verification.fileSize?.compressed == (try folder.read("m.runic").count))
        let size = try #require(verification.fileSize)
        #expect(
            verification.rendered == """
                \(path): sound
                  frame     \(size.compressed) bytes, \(size.content) unpacked, every checksum holds
                  tensors   5, covering the data without gap or overlap
                  metadata  format 1, 5 keys, all of them JSON
                  values    24, all finite

                """)
    }

    @Test(
        "a verification refuses what makes a model unusable",
        arguments: [
            ("model", nil, "metadata key 'model': is missing"),
            ("pipeline", "{", "metadata key 'pipeline': the value is not"),
            ("licence", "1", "metadata key 'licence'"), ("format", "3", "format 3 is newer than format 1"),
            ("extra", "nan", "metadata key 'extra': the value is not JSON"),
        ] as [(String, String?, String)])
    func unusable(key: String, value: String?, expected: String) throws {
        let folder = try TemporaryFolder()
        let path = try file(folder) { $0.metadata[key] = value }
        let text = try #require(try message { _ = try ArchiveVerification(path: path) })
        #expect(text.hasPrefix("\(path): \(expected)"), "\(text)")
    }

    @Test("a verification finds the element that is not finite")
    func nonFinite() throws {
        let folder = try TemporaryFolder()
        let path = try file(folder) { archive in
            archive.tensors.append(try ArchiveTensor(name: "bad", shape: [3], floats: [1, .nan, .infinity].span))
        }
        let text = try #require(try message { _ = try ArchiveVerification(path: path) })
        #expect(text.hasPrefix("\(path): tensor 'bad': element 1 is not a finite number"))
    }

    @Test("unpacking writes the safetensors and a file for each key")
    func unpacking() throws {
        let folder = try TemporaryFolder()
        let archive = try Archive.read(path: file(folder) { $0.metadata["note"] = "not \"JSON\"" })
        let target = folder.file("parts")
        let written = try archive.unpack(to: target)
        #expect(try archive.unpack(to: target) == written)
        let names = ["model.safetensors"] + archive.metadata.entries.map { "\($0.key).json" }
        #expect(written == names.map { "\(target)/\($0)" })
        #expect(try folder.read("parts/model.json") == Array("{\"cell\":\"lstm\"}\n".utf8))
        #expect(try folder.read("parts/note.json") == Array("\"not \\\"JSON\\\"\"\n".utf8))
        #expect(try parse(folder.read("parts/model.safetensors")).tensors.map(\.name) == archive.tensors.map(\.name))
    }

    @Test(
        "unpacking refuses keys that would leave the folder, and writes nothing",
        arguments: [
            "../x", "a/b", "", ".hidden", "a\u{0}b", "é",
        ])
    func escapingKeys(key: String) throws {
        let folder = try TemporaryFolder()
        var archive = try Samples.archive()
        archive.metadata[key] = "1"
        #expect(throws: ArchiveError.self) { try archive.unpack(to: folder.file("parts")) }
        #expect(try folder.names == [])
    }

    @Test(
        "unpacking makes the folders above, however the path is written",
        arguments: ["a/b/c", "a//b///", "a/./b/../c", "a/../b/"])
    func missingParents(name: String) throws {
        let folder = try TemporaryFolder()
        let target = folder.file(name)
        for path in try Samples.archive().unpack(to: target) { #expect(FileManager.default.fileExists(atPath: path)) }
    }

    @Test("unpacking names the folder that cannot be made")
    func parentThatIsNoFolder() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([1], to: "file")
        #expect(
            try message { try Samples.archive().unpack(to: "\(path)/a/b") }
                == "\(path): is not a folder; name another")
        let link = folder.file("link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "nowhere/else")
        #expect(
            try message { try Samples.archive().unpack(to: "\(link)/a") } == "\(link): is not a folder; name another")
        let long = folder.file("new/" + String(repeating: "x", count: 300))
        let text = try #require(try message { try Samples.archive().unpack(to: "\(long)/a") })
        #expect(text.hasPrefix("\(long): the folder cannot be made: "), "\(text)")
        #expect(
            try message { try Samples.archive().unpack(to: "") }?.hasPrefix(": the folder cannot be made: ") == true)
    }

    @Test("unpacking onto a file is refused")
    func unpackOntoFile() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([1], to: "file")
        #expect(try message { try Samples.archive().unpack(to: path) } == "\(path): is not a folder; name another")
    }

    @Test("a message shows control characters from a file as escapes")
    func printable() throws {
        let error = ArchiveError.tensor(path: "m", name: "a\u{1B}[31m\n\u{202E}é👩\u{200D}👧", reason: "x")
        #expect(error.description == "m: tensor 'a\\u{1b}[31m\\u{a}\\u{202e}é👩\u{200D}👧': x")
    }

    @Test("a missing tensor and one of another shape are named")
    func tensorLookup() throws {
        let archive = try Samples.archive()
        #expect(
            try message { _ = try archive.tensor(named: "none") }
                == "archive: tensor 'none': is missing; the model needs it")
        #expect(
            try message { _ = try archive.tensor(named: "odd", shape: [6]) }
                == "archive: tensor 'odd': has shape [5], the model needs [6]")
        #expect(try archive.tensor(named: "odd", shape: [5]).elementCount == 5)
    }

    @Test("metadata of more elements than a model needs stays a string in JSON, and is cut in a table")
    func wideMetadata() throws {
        let wide = "[" + String(repeating: "[],", count: 150_000) + "[]]"
        #expect(JSONValue(parsing: wide) == .string(wide))
        let names = "[" + String(repeating: "\"a\",", count: 65_534) + "\"a\"]"
        guard case .array(let elements) = JSONValue(parsing: names) else { throw CancellationError() }
        #expect(elements.count == 65_535)
        var archive = Archive(path: "m.runic")
        archive.metadata["key"] = wide
        #expect(ArchiveInspection(archive).rendered.utf8.count < 300)
    }
}
