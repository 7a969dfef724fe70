import RunicTesting
import Foundation
import Testing

@testable import RunicArchive

@Suite("An archive's file")
struct ArchiveFileTests {
    @Test("is the same bytes every time and reads back as it was")
    func determinism() throws {
        let folder = try TemporaryFolder()
        let archive = try Samples.archive()
        try archive.write(to: folder.file("a.runic"))
        let read = try Archive.read(path: folder.file("a.runic"))
        try read.write(to: folder.file("b.runic"))
        #expect(try folder.read("a.runic") == folder.read("b.runic"))
        #expect(try folder.read("a.runic") == archive.encoded())
        #expect(try folder.names == ["a.runic", "b.runic"])
        #expect(read.metadata == archive.metadata)
        #expect(read.fileSize?.compressed == (try folder.read("a.runic").count))
        for (left, right) in zip(read.tensors, archive.tensors) {
            #expect(left.name == right.name && left.shape == right.shape && left.elementType == right.elementType)
            #expect(bytes(of: left) == bytes(of: right))
        }
    }

    @Test("is readable by everyone and replaces the old one through a link")
    func modeAndLink() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write([1], to: "old")
        try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: folder.file("old"))
        try Samples.archive().write(to: folder.file("link"))
        #expect(try folder.read("old") == Samples.archive().encoded())
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link")) == folder.file("old"))
        let mode = try FileManager.default.attributesOfItem(atPath: folder.file("old"))[.posixPermissions] as? Int
        let mask = Int(umask(0))
        umask(mode_t(mask))
        #expect(mode == 0o644 & ~mask)
    }

    @Test("keeps the file before it under another name")
    func previous() throws {
        let folder = try TemporaryFolder()
        let (path, previous) = (folder.file("a.runic"), folder.file("b.runic"))
        func write(_ text: String) throws {
            var archive = try Samples.archive()
            archive.metadata["text"] = text
            try archive.write(to: path, previous: previous)
        }
        func texts() throws -> [String?] {
            try [path, previous].map { try Archive.read(path: $0).metadata["text"] }
        }
        try write("one")
        #expect(try folder.names == ["a.runic"])
        try write("two")
        #expect(try texts() == ["two", "one"])
        try write("three")
        #expect(try texts() == ["three", "two"])
        #expect(try folder.names == ["a.runic", "b.runic"])
    }

    @Test("is not put over a folder or a device, nor into a folder that is missing")
    func impossibleTargets() throws {
        let folder = try TemporaryFolder()
        let archive = try Samples.archive()
        let expectations = [
            (folder.path, "is a folder; name a file"), ("/dev/null", "is not a regular file; name one"),
            (folder.file("none/m.runic"), "cannot be written: no such file or directory"),
        ]
        for (path, problem) in expectations {
            #expect(try message { try archive.write(to: path) } == "\(path): \(problem)")
        }
        #expect(try folder.names == [])
    }

    @Test("that cannot be read is refused in one line")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        let large = try folder.write([UInt8](repeating: 0, count: 100), to: "large")
        let expectations = [
            (folder.file("none"), "cannot be read: no such file or directory"),
            (folder.path, "is a folder; name a file"), ("/dev/null", "is not a regular file; name one"),
            (large, "needs 100 bytes, the limit is 99; raise the limit if the file can be trusted"),
        ]
        for (path, problem) in expectations {
            #expect(try message { _ = try Archive.read(path: path, limit: 99) } == "\(path): \(problem)")
        }
    }
}
