import Foundation
import RunicTerminal
import RunicTesting
import Testing

struct PipeLineReaderTests {
    private func lines(of bytes: [UInt8]) throws -> [String] {
        let folder = try TemporaryFolder()
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: try folder.write(bytes, to: "lines")))
        var reader = PipeLineReader(
            descriptor: file.fileDescriptor, interrupt: InterruptFlag(isRequested: { false }, clear: {}))
        var lines: [String] = []
        while case .line(let line) = reader.readLine(prompt: "never seen") { lines.append(line) }
        #expect(reader.readLine(prompt: "") == .end)
        return lines
    }

    @Test("Lines of any bytes come through, broken UTF-8 repaired")
    func anyBytes() throws {
        #expect(try lines(of: []) == [])
        #expect(try lines(of: Array("\n\na\r\nb".utf8)) == ["", "", "a", "b"])
        #expect(try lines(of: [0xEF, 0xBB, 0xBF] + Array("a\n\u{FEFF}b\n".utf8)) == ["a", "\u{FEFF}b"])
        #expect(try lines(of: [0x61, 0x80, 0x00, 0xC3, 0x0A, 0xA9]) == ["a\u{FFFD}\u{0}\u{FFFD}", "\u{FFFD}"])
    }

    @Test("A line that never ends is given up, and why is known")
    func endless() throws {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/dev/zero"))
        var reader = PipeLineReader(
            descriptor: file.fileDescriptor, interrupt: InterruptFlag(isRequested: { false }, clear: {}))
        #expect(reader.readLine(prompt: "") == .failed)
        #expect(reader.failure == "standard input: a line has more than 1048576 bytes; put line feeds into it")
    }

    @Test("A line longer than any buffer comes whole", arguments: [65_535, 65_536, 65_537, 1_000_001])
    func long(size: Int) throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: size)
        let found = try lines(of: long + [0x0A] + long)
        #expect(found.map(\.utf8.count) == [size, size])
    }
}
