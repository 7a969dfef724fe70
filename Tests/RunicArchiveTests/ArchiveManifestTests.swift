import Testing

@testable import RunicArchive

@Suite("A manifest")
struct ArchiveManifestTests {
    private struct Model: Codable, Equatable {
        var hidden: Int
        var cell: String
        var rate: Double?
    }

    private func manifest(_ entries: [String: String]) throws -> ArchiveManifest {
        var archive = Archive(path: "m.runic")
        for (key, value) in entries { archive.metadata[key] = value }
        return try ArchiveManifest(archive)
    }

    @Test("writes keys sorted, slashes as they are, and the format first")
    func encoding() throws {
        var manifest = ArchiveManifest()
        try manifest.encode(.model, value: Model(hidden: 512, cell: "a/b"))
        try manifest.encode(.licence, value: "CC0-1.0")
        #expect(manifest.metadata.entries.map(\.key) == ["format", "model", "licence"])
        #expect(manifest.metadata.entries.map(\.value) == ["1", #"{"cell":"a/b","hidden":512}"#, #""CC0-1.0""#])
        #expect(try manifest.decode(Model.self, key: .model) == Model(hidden: 512, cell: "a/b"))
        #expect(try manifest.licence() == "CC0-1.0")
        #expect(try manifest.description() == nil)
    }

    @Test("keeps symbols apart that Swift's strings call equal")
    func scalars() throws {
        var manifest = ArchiveManifest()
        let symbols = ["é", "e\u{301}", "\u{0}", "\u{2028}", "👩‍👩‍👧", "\r\n"]
        try manifest.encode(.vocabulary, value: symbols)
        let read = try manifest.decode([String].self, key: .vocabulary)
        #expect(read.map { Array($0.utf8) } == symbols.map { Array($0.utf8) })
    }

    @Test("of a newer format is refused with both versions")
    func newer() throws {
        #expect(throws: ArchiveError.newerFormat(path: "m.runic", found: 2, supported: 1)) {
            try manifest(["format": "2"])
        }
    }

    @Test("without a usable format is refused", arguments: [nil, "pt", "0", "-1", "1.5", "\"1\"", "1 1", ""])
    func unusableFormat(value: String?) throws {
        let text = try #require(try message { _ = try manifest(value.map { ["format": $0] } ?? [:]) })
        #expect(text.hasPrefix("m.runic: metadata key 'format': "))
        #expect(!text.contains("\n"))
    }

    @Test(
        "names the key and the place of what is wrong in a value",
        arguments: [
            ("{}", "'hidden' is missing"), (#"{"hidden":"x"}"#, "'hidden' is not of type Int"),
            ("[]", "the value is not of type"), ("{", "the value is not valid"),
            (#"{"hidden":1e99,"cell":""}"#, "the value is not valid"),
            (String(repeating: "[", count: 100_000), "the value is not valid"),
        ])
    func wrongValue(value: String, expected: String) throws {
        let manifest = try manifest(["format": "1", "model": value])
        let text = try #require(try message { _ = try manifest.decode(Model.self, key: .model) })
        #expect(text.hasPrefix("m.runic: metadata key 'model': "))
        #expect(text.contains(expected), "\(text)")
    }

    @Test("refuses a number that JSON cannot hold")
    func infinite() throws {
        var manifest = ArchiveManifest()
        #expect(throws: ArchiveError.self) { try manifest.encode(.training, value: [Double.infinity]) }
        #expect(!manifest.contains(.training))
    }
}
