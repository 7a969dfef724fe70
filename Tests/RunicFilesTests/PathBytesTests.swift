import RunicFiles
import RunicTesting
import Testing

@Suite("Paths as bytes")
struct PathBytesTests {
    @Test(
        "Any bytes give one string, and the string gives the bytes back",
        arguments: [
            [], Array("plain/é/名".utf8), [0xE9], [0x63, 0x61, 0x66, 0xE9, 0x2F, 0xFF, 0xFE], [0xC3], [0xE2, 0x82],
            [0xF0, 0x9F, 0x98], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0x80, 0xC3, 0xA9, 0x80],
            Array("\u{10FE80}".utf8), Array("\u{10FEFF}a\u{10FE00}\u{10FFFD}".utf8), [0xE9] + Array("\u{10FEE9}".utf8),
        ])
    func roundTrip(bytes: [UInt8]) {
        let path = PathBytes.path(bytes)
        #expect(PathBytes.bytes(of: path) == bytes)
        #expect(PathBytes.terminated(path) == bytes.map { CChar(bitPattern: $0) } + [0])
    }

    @Test("Different bytes have different strings")
    func different() {
        let names: [[UInt8]] = [[0xE9], Array("\u{10FEE9}".utf8), [0xF4], [0xF4, 0x8F], [0xE9, 0xE9]]
        #expect(Set(names.map { Array(PathBytes.path($0).utf8) }).count == names.count)
    }

    @Test("A path of UTF-8 is itself, and is shown as it is", arguments: ["", "a/b", "é", "e\u{301}", "\u{10FFFD}"])
    func plain(path: String) {
        #expect(Array(PathBytes.path(Array(path.utf8)).utf8) == Array(path.utf8))
        #expect(Array(PathBytes.shown(path).utf8) == Array(path.utf8))
        #expect(PathBytes.isPlain(path))
    }

    @Test("A byte that is not UTF-8 is shown by its number")
    func shown() {
        let path = PathBytes.path([0x63, 0xE9, 0x2F, 0x80])
        #expect(PathBytes.shown(path) == #"c\xE9/\x80"#)
        #expect(!PathBytes.isPlain(path))
    }

    @Test("Files and folders with such names are made, listed, opened, renamed and removed")
    func files() throws {
        let folder = try TemporaryFolder()
        let inner = FilePath.joined(folder.path, PathBytes.path([0x64, 0xFF]))
        try Folder.make(FilePath.joined(inner, PathBytes.path([0xFE])))
        let file = FilePath.joined(inner, PathBytes.path([0x63, 0xE9]))
        try AtomicFile.write([1, 2, 3], to: file)
        #expect(
            try Folder.names(in: inner).map(PathBytes.bytes).sorted { $0.count < $1.count } == [[0xFE], [0x63, 0xE9]])
        #expect(try AtomicFile.read(file) == [1, 2, 3])
        #expect(FilePath.resolved(file)?.hasSuffix(PathBytes.path([0x64, 0xFF, 0x2F, 0x63, 0xE9])) == true)
        let other = FilePath.joined(inner, PathBytes.path([0x80]))
        try FilePath.rename(file, to: other)
        #expect(FilePath.kind(file) == nil && FilePath.kind(other) == .file)
        try FilePath.remove(other)
        #expect(FilePath.kind(other) == nil)
        let error = #expect(throws: FileError.self) { try AtomicFile.read(other) }
        #expect(error?.description.contains(#"/d\xFF/\x80: cannot be read"#) == true)
    }

    @Test("A name that begins with a combining mark is a component of its own")
    func marks() {
        #expect(Array(FilePath.fileName(of: "folder/\u{301}x").utf8) == Array("\u{301}x".utf8))
        #expect(FilePath.folder(of: "folder/\u{301}x") == "folder")
        #expect(FilePath.folder(of: "/\u{301}x") == "/")
        #expect(FilePath.folder(of: "x") == ".")
    }
}
