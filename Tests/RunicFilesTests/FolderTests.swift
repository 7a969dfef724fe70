import Foundation
import RunicFiles
import RunicTesting
import Testing

@Suite("Folders and paths")
struct FolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func message(_ body: () throws(FileError) -> Void) -> String? {
        do throws(FileError) {
            try body()
            return nil
        } catch {
            return error.description
        }
    }

    @Test("A folder is made with those above it, and may be there", arguments: ["", "/", "//"])
    func makes(end: String) throws {
        let path = folder.file("a//b/c") + end
        try Folder.make(path)
        try Folder.make(path)
        #expect(FilePath.kind(folder.file("a/b/c")) == .folder)
    }

    @Test("A folder below a file, or in place of one, is refused by the name of the file")
    func belowFile() throws {
        let file = try folder.write([1], to: "file")
        for path in [file, file + "/a/b"] {
            let found = message { () throws(FileError) in try Folder.make(path) }
            #expect(found == "\(file): is not a folder; name another")
        }
    }

    @Test("A folder that files cannot be made in is refused", .enabled(if: geteuid() != 0))
    func readOnly() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
        let found = message { () throws(FileError) in try Folder.make(folder.path) }
        #expect(found == "\(folder.path): the folder cannot be written to: permission denied")
    }

    @Test("A lock on a folder has one holder, and ends with it")
    func lock() throws {
        func isFree() throws -> Bool { try FolderLock(folder: folder.path) != nil }
        #expect(try isFree())
        do {
            let lock = try FolderLock(folder: folder.path)
            #expect(try !isFree())
            _ = consume lock
        }
        #expect(try isFree())
        #expect(throws: FileError.self) { try FolderLock(folder: folder.file("none")) != nil }
    }

    @Test("Names in a folder are all of them, hidden ones included")
    func names() throws {
        for name in ["b", ".hidden", "a"] { try folder.write([1], to: name) }
        #expect(try Folder.names(in: folder.path).sorted() == [".hidden", "a", "b"])
    }

    @Test(
        "A path has a file name and a folder",
        arguments: [
            ("a/b.txt", "b.txt", "a"), ("b.txt", "b.txt", "."), ("/b", "b", "/"), ("/a/b/", "b", "/a/b"), ("", "", "."),
            ("/", "/", "/"),
        ])
    func parts(path: String, name: String, parent: String) {
        #expect(FilePath.fileName(of: path) == name)
        #expect(FilePath.folder(of: path) == parent)
    }

    @Test("The kind of a path is that of the target of its links")
    func kinds() throws {
        let file = try folder.write([1], to: "file")
        try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: file)
        #expect(FilePath.kind(file) == .file && FilePath.kind(folder.file("link")) == .file)
        #expect(try FilePath.status(folder.file("link"), followsLinks: false).kind == .link)
        #expect(FilePath.kind(folder.path) == .folder && FilePath.kind("/dev/null") == .other)
        #expect(FilePath.kind(folder.file("none")) == nil)
    }
}
