import RunicTesting
import Foundation
import Testing

@testable import RunicArchive

@Suite("Other programs")
struct ArchivePeerTests {
    @Test("lz4 -dc gives the safetensors that were packed, byte for byte")
    func lz4Reads() throws {
        let lz4 = try #require(Program.find("lz4"), "the lz4 program is missing; install the package lz4")
        let folder = try TemporaryFolder()
        let archive = try Samples.archive()
        try archive.write(to: folder.file("m.runic"))
        let result = try Program.run(lz4, ["-dc", folder.file("m.runic")])
        let content = try Safetensors.encode(metadata: archive.metadata, tensors: archive.tensors, path: "m")
        #expect(result.status == 0)
        #expect(result.output == bytes(of: content))
    }

    @Test(
        "lz4's own frames are read, with linked and independent blocks of every size",
        arguments: [
            ["-B4"], ["-B5"], ["-B6"], ["-B7"], ["-B4", "-BD"], ["-B7", "-BD", "-9"],
        ])
    func lz4Writes(options: [String]) throws {
        let lz4 = try #require(Program.find("lz4"), "the lz4 program is missing; install the package lz4")
        let folder = try TemporaryFolder()
        let content = Samples.content(9_000_000)
        let path = try folder.write(content, to: "content")
        let frame = folder.file("frame")
        let result = try Program.run(lz4, ["-q", "-BX", "--content-size"] + options + [path, frame])
        #expect(result.status == 0)
        #expect(try unpack(folder.read("frame"), limit: content.count) == content)
    }

    @Test(
        "lz4's frames without the contract's checksums are refused",
        arguments: [
            ["--content-size"], ["-BX"], ["-BX", "--content-size", "--no-frame-crc"],
        ])
    func lz4Defaults(options: [String]) throws {
        let lz4 = try #require(Program.find("lz4"), "the lz4 program is missing; install the package lz4")
        let folder = try TemporaryFolder()
        let path = try folder.write([1, 2, 3], to: "content")
        #expect(try Program.run(lz4, ["-q"] + options + [path, folder.file("frame")]).status == 0)
        let text = try #require(try message { _ = try unpack(folder.read("frame")) })
        #expect(text.contains("pack it again with: lz4 -BX --content-size"))
    }

    @Test("Python's safetensors reads every tensor and the metadata", .enabled(if: Program.python != nil))
    func pythonReads() throws {
        let python = try #require(Program.python)
        let folder = try TemporaryFolder()
        let archive = try Samples.archive()
        try archive.write(to: folder.file("m.runic"))
        try Archive.read(path: folder.file("m.runic")).unpack(to: folder.file("parts"))
        let script = """
            import json, sys
            from safetensors import deserialize
            data = open(sys.argv[1], "rb").read()
            header = json.loads(data[8:8 + int.from_bytes(data[:8], "little")])
            for key, value in header["__metadata__"].items():
                print(key, value.encode().hex())
            for name, tensor in sorted(deserialize(data)):
                print(name, tensor["dtype"], tensor["shape"], bytes(tensor["data"]).hex())
            """
        let result = try Program.run(python, ["-c", script, folder.file("parts/model.safetensors")])
        let metadata = archive.metadata.entries.map { "\($0.key) \(hexadecimal(Array($0.value.utf8)))" }
        let tensors = archive.tensors.sorted { $0.name < $1.name }.map {
            "\($0.name) \($0.elementType.rawValue) \($0.shape) \(hexadecimal(bytes(of: $0)))"
        }
        #expect(result.status == 0)
        #expect(
            String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init) == metadata + tensors
        )
    }

    @Test("Python's safetensors are read as they were written", .enabled(if: Program.python != nil))
    func pythonWrites() throws {
        let python = try #require(Program.python)
        let folder = try TemporaryFolder()
        let script = """
            import sys, numpy
            from safetensors.numpy import save_file
            save_file({
                "weight": numpy.array([[0, 1, -2], [3.5, 1e-30, 1e38]], "float32"),
                "codes": numpy.array([-128, 0, 127], "int8"),
            }, sys.argv[1], {"format": "1", "description": "\\"é\\""})
            """
        #expect(try Program.run(python, ["-c", script, folder.file("m")]).status == 0)
        let archive = try Archive(bytes: pack(folder.read("m")))
        #expect(try archive.tensor(named: "weight", shape: [2, 3]).floats() == [0, 1, -2, 3.5, 1e-30, 1e38])
        #expect(bytes(of: try archive.tensor(named: "codes")) == [0x80, 0, 0x7F])
        #expect(try ArchiveManifest(archive).description() == "é")
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
