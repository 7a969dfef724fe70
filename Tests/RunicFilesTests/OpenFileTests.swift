import Foundation
import RunicFiles
import RunicTesting
import Testing

@Suite("An open file")
struct OpenFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("without a name leaves nothing in its folder, and can be read again from its start")
    func nameless() throws {
        let file = try OpenFile.nameless(in: folder.path)
        #expect(try folder.names == [])
        try file.write(Array("one two".utf8))
        for _ in 0..<2 {
            let again = try OpenFile(file.pathInProcess, for: .reading)
            #expect(try again.read() == Array("one two".utf8))
        }
        #expect(try file.byteCount() == 7)
    }

    @Test("without a name names its folder when that cannot be written to")
    func noFolder() {
        let error = #expect(throws: FileError.self) { try OpenFile.nameless(in: "/no/such") }
        #expect(error?.path == "/no/such" && error?.reason == "no such file or directory")
    }

    @Test("is cut, extended and read from any place")
    func places() throws {
        let file = try OpenFile(folder.file("f"), for: .updating)
        try file.write(Array("0123456789".utf8))
        try file.truncate(to: 4)
        try file.write(Array("abc".utf8))
        #expect(try folder.read("f") == Array("0123abc".utf8))
        try file.seek(to: 2)
        #expect(try file.read(limit: 3) == Array("23a".utf8))
        var some = [UInt8](repeating: 0, count: 3)
        try unsafe some.withUnsafeMutableBufferPointer {
            try unsafe file.read(into: UnsafeMutableRawBufferPointer($0), at: 4)
        }
        #expect(some == Array("abc".utf8))
        #expect(throws: FileError(path: file.path, problem: "became shorter while it was read; try again")) {
            try unsafe some.withUnsafeMutableBufferPointer {
                try unsafe file.read(into: UnsafeMutableRawBufferPointer($0), at: 5)
            }
        }
    }

    @Test("for appending is written at its end, and made if it is missing")
    func appending() throws {
        for text in ["one\n", "two\n"] {
            try OpenFile(folder.file("log"), for: .appending, permissions: 0o600).write(Array(text.utf8))
        }
        #expect(try folder.read("log") == Array("one\ntwo\n".utf8))
    }

    @Test("is locked for one holder until it is closed")
    func lock() throws {
        let path = folder.file("f")
        do {
            let first = try OpenFile(path, for: .updating)
            #expect(first.lock())
            #expect(try !OpenFile(path, for: .updating).lock())
            withExtendedLifetime(first) {}
        }
        #expect(try OpenFile(path, for: .updating).lock())
    }

    @Test("for reading is a regular file, and opening a pipe does not wait")
    func pipe() throws {
        let pipe = folder.file("pipe")
        #expect(unsafe mkfifo(pipe, 0o600) == 0)
        #expect(throws: FileError(path: pipe, problem: "is not a regular file; name one")) {
            try OpenFile(pipe, for: .reading)
        }
    }

    @Test("is mapped, and its pages can be released")
    func mapped() throws {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        let path = try folder.write(bytes, to: "f")
        let mapped = try MappedFile(OpenFile(path, for: .reading), byteCount: bytes.count)
        for _ in 0..<2 {
            #expect(unsafe [UInt8](mapped.bytes) == bytes)
            mapped.releasePages()
        }
    }
}
