import Foundation
import RunicFiles
import RunicTesting
import RunicText
import Testing

@testable import RunicInspection

@Suite("Standard input that is read twice")
struct InspectionInputTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The input of `paths`, with `text` in a pipe as standard input and the copy in `folder`.
    private func input(_ text: [UInt8], _ paths: [String] = ["-"]) throws -> InspectionInput {
        let pipe = Pipe()
        let writer = Thread {
            try? pipe.fileHandleForWriting.write(contentsOf: Data(text))
            try? pipe.fileHandleForWriting.close()
        }
        writer.start()
        let descriptor = Descriptor(number: pipe.fileHandleForReading.fileDescriptor)
        defer { withExtendedLifetime(pipe) {} }
        return try InspectionInput(paths: paths, standardInput: descriptor, folder: folder.path)
    }

    @Test("leaves no file when the process is killed")
    func leavesNothing() throws {
        let input = try input(Array("some text".utf8))
        #expect(try folder.names == [])
        #expect(input.source.size == 9)
        withExtendedLifetime(input) {}
    }

    @Test("gives the same bytes each time", arguments: [0, 10, 3_000_000])
    func twice(count: Int) throws {
        let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 % 251) }
        let input = try input(text)
        let file = try #require(input.source.files.first)
        #expect(input.name(of: file.path) == "-")
        for _ in 0..<2 {
            let reader = try FileReader(file)
            var (found, buffer): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 1 << 16))
            while true {
                let count = try reader.read(into: &buffer)
                if count == 0 { break }
                found += buffer[..<count]
            }
            #expect(found == text)
        }
        withExtendedLifetime(input) {}
    }

    @Test("keeps its place among the files, and its name in errors")
    func names() throws {
        let file = try folder.write("a file", to: "a.txt")
        let input = try input([], [file, "-"])
        #expect(input.source.files.map { input.name(of: $0.path) } == [file, "-"])
        let path = input.source.files[1].path
        #expect(input.named(.emptyText(path: path)) == .emptyText(path: "-"))
        #expect(input.named(.emptyText(path: input.source.label)) == .emptyText(path: "\(file), standard input"))
        #expect(input.named(.unreadable(path: file, reason: "x")) == .unreadable(path: file, reason: "x"))
    }

    @Test("that may never end is not copied")
    func endless() throws {
        let zero = try OpenFile("/dev/zero", for: .streaming)
        let error = #expect(throws: TextError.self) {
            try InspectionInput(paths: ["-"], standardInput: zero.descriptor, folder: folder.path)
        }
        #expect(
            error?.description
                == "standard input: cannot be read: it is a device, which may never end; name a file")
    }

    @Test("names the folder that its copy cannot be written to")
    func noFolder() throws {
        let error = #expect(throws: TextError.self) {
            try InspectionInput(paths: ["-"], standardInput: .standardInput, folder: "/no/such")
        }
        #expect(
            error?.description
                == "standard input: cannot be read: it cannot be copied to /no/such: no such file or directory")
    }
}
