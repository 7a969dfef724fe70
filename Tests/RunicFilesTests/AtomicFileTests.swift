import Foundation
import RunicFiles
import RunicTesting
import Testing

@Suite("A file that is replaced whole")
struct AtomicFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Replaces `m` by bytes that `create` opens a place for.
    private func replace(
        previous: String? = nil, _ create: (String) throws(FileError) -> OpenFile
    ) throws(FileError) {
        let bytes: [UInt8] = [4, 5]
        try unsafe bytes.withUnsafeBufferPointer { bytes throws(FileError) in
            try unsafe AtomicFile.replace(
                folder.file("m"), with: UnsafeRawBufferPointer(bytes), previous: previous, create: create)
        }
    }

    private func message(_ body: () throws(FileError) -> Void) -> String? {
        do throws(FileError) {
            try body()
            return nil
        } catch {
            return error.description
        }
    }

    @Test("on a full disk keeps the old content, and no temporary file is left")
    func fullDisk() throws {
        let path = try folder.write([1, 2, 3], to: "m")
        let found = message { () throws(FileError) in
            try replace { temporary throws(FileError) in
                _ = try OpenFile(temporary, for: .creating)
                return try OpenFile("/dev/full", for: .appending)
            }
        }
        #expect(found == "\(path): cannot be written: no space left on device")
        #expect(try folder.read("m") == [1, 2, 3])
        #expect(try folder.names == ["m"])
    }

    @Test("in a read-only folder keeps the old content")
    func readOnlyFolder() throws {
        let path = try folder.write([1, 2, 3], to: "m")
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
        let found = message { () throws(FileError) in
            try replace { temporary throws(FileError) in
                // The superuser may write into any folder, so for that one the refusal is acted.
                guard geteuid() == 0 else { return try AtomicFile.newFile(temporary) }
                throw FileError(path: temporary, action: "cannot be written", SystemError(number: EACCES))
            }
        }
        #expect(found == "\(path): cannot be written: permission denied")
        #expect(try folder.read("m") == [1, 2, 3])
        #expect(try folder.names == ["m"])
    }

    @Test("keeps the old file under another name once the new one is whole, and not if it cannot be written")
    func previous() throws {
        let previous = folder.file("previous")
        try replace(previous: previous, AtomicFile.newFile)
        #expect(try folder.names == ["m"])
        _ = try folder.write([1], to: "m")
        try replace(previous: previous, AtomicFile.newFile)
        #expect(try folder.read("m") == [4, 5] && folder.read("previous") == [1])
        #expect(throws: FileError.self) {
            try replace(previous: previous) { temporary throws(FileError) in
                _ = try OpenFile(temporary, for: .creating)
                // A descriptor that cannot be written to.
                return try OpenFile(temporary, for: .reading)
            }
        }
        #expect(try folder.read("m") == [4, 5] && folder.read("previous") == [1])
        #expect(try folder.names == ["m", "previous"])
    }

    @Test("is read whole, up to a limit")
    func reading() throws {
        let path = try folder.write([1, 2, 3], to: "m")
        #expect(try AtomicFile.read(path) == [1, 2, 3])
        #expect(try AtomicFile.read(folder.write([UInt8](), to: "empty")) == [])
        #expect(
            message { () throws(FileError) in _ = try AtomicFile.read(path, limit: 2) }
                == "\(path): has 3 bytes, more than the limit of 2")
        #expect(
            message { () throws(FileError) in _ = try AtomicFile.read(folder.path) }
                == "\(folder.path): is a folder; name a file")
    }

    @Test("has a temporary name that is recognised")
    func temporaryName() throws {
        var names: [String] = []
        try replace { temporary throws(FileError) in
            names.append(FilePath.fileName(of: temporary))
            return try AtomicFile.newFile(temporary)
        }
        #expect(names.count == 1 && names.allSatisfy(AtomicFile.isTemporary))
        #expect(!AtomicFile.isTemporary("notes.tmp") && !AtomicFile.isTemporary(".runic-notes"))
    }
}
