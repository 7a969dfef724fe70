import Foundation
import RunicFiles
import RunicTesting
import Testing

@Suite("Files that others put there")
struct HostileFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(
        "A symbolic link is refused where it is not to be followed, whatever it links to",
        arguments: [OpenFile.Use.reading, .updating, .appending], ["there", "missing"])
    func links(use: OpenFile.Use, target: String) throws {
        try folder.write("kept", to: "there")
        let link = folder.file("link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.file(target))
        let error = #expect(throws: FileError.self) { try OpenFile(link, for: use, followsLinks: false) }
        #expect(error?.description == "\(link): is a symbolic link; remove it, or name another file")
        #expect(try folder.read("there") == Array("kept".utf8) && folder.names == ["link", "there"])
    }

    @Test("A device may be endless; a file, the device that is empty and a pipe are not")
    func devices() throws {
        let text = try folder.write("text", to: "f")
        for (path, isEndless) in [("/dev/zero", true), ("/dev/urandom", true), ("/dev/null", false), (text, false)] {
            let file = try OpenFile(path, for: .streaming)
            withExtendedLifetime(file) { #expect(file.descriptor.isEndless == isEndless, "\(path)") }
        }
        let pipe = Pipe()
        #expect(!Descriptor(number: pipe.fileHandleForReading.fileDescriptor).isEndless)
        withExtendedLifetime(pipe) {}
    }

    @Test("A pipe that nobody reads is not waited for when something is added to a file")
    func unreadPipe() throws {
        let path = folder.file("pipe")
        let made = unsafe mkfifo(path, 0o600)
        try #require(made == 0)
        #expect(throws: FileError.self) { try OpenFile(path, for: .appending) }
    }

    @Test("The space on the disk of a file is known")
    func space() throws { #expect(try OpenFile.nameless(in: folder.path).freeBytes() > 0) }

    @Test("JSON escapes every control character and nothing else")
    func json() throws {
        let text = "a\u{1B}\u{7F}\u{80}\u{9F}é猫"
        let json = try PrettyJSON.text([text])
        #expect(json == "[\n  \"a\\u001b\\u007f\\u0080\\u009fé猫\"\n]")
        #expect(try JSONDecoder().decode([String].self, from: Data(json.utf8)) == [text])
    }
}
