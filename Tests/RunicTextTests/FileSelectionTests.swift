import Foundation
import RunicTesting
import Testing

@testable import RunicText

@Suite("Which files a text is read from")
struct FileSelectionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]

    private func names(_ source: TextSource) -> [String] {
        source.files.map { String($0.path.dropFirst(folder.path.count + 1)) }
    }

    private func make(_ path: String, _ text: [UInt8] = bytes("text\n")) throws {
        let url = URL(fileURLWithPath: folder.path + "/" + path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text).write(to: url)
    }

    @Test(
        "A folder gives the files whose names fit, and none whose names or folders are excluded",
        arguments: [
            ([], [], ["a.txt", "b.md", "drafts/c.txt", "drafts/old/d.txt"]),
            (["*.txt"], [], ["a.txt", "drafts/c.txt", "drafts/old/d.txt"]),
            ([], ["*.md", "old"], ["a.txt", "drafts/c.txt"]),
            (["*.txt"], ["drafts"], ["a.txt"]), (["drafts/*"], [], ["drafts/c.txt", "drafts/old/d.txt"]),
            (["?.md", "[a-b].txt"], [], ["a.txt", "b.md"]), ([], ["drafts/old"], ["a.txt", "b.md", "drafts/c.txt"]),
        ] as [([String], [String], [String])])
    func filter(include: [String], exclude: [String], expected: [String]) throws {
        for path in ["a.txt", "b.md", "drafts/c.txt", "drafts/old/d.txt"] { try make(path) }
        for path in [folder.path, folder.path + "/"] {
            let source = try TextSource(paths: [path], filter: FileFilter(include: include, exclude: exclude))
            #expect(names(source) == expected)
        }
        let named = try TextSource(
            paths: [folder.path + "/b.md"], filter: FileFilter(include: ["*.txt"], exclude: ["*.md"]))
        #expect(names(named) == ["b.md"], "a file that is named is read")
    }

    @Test("A folder leaves out links and files that are not text, and says so; what is given twice is said too")
    func skipped() throws {
        for path in ["a.txt", "b.txt"] { try make(path) }
        try make("image.dat", Self.png)
        try make("more.gz", [0x1F, 0x8B, 0x08, 0])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link.txt", withDestinationPath: folder.path + "/a.txt")
        let source = try TextSource(paths: [folder.path, folder.path + "/a.txt"])
        #expect(names(source) == ["a.txt", "b.txt", "a.txt"])
        #expect(
            source.remarks == [
                "given more than once, and read as often: \(folder.path)/a.txt",
                "left out, a PNG image, not text: \(folder.path)/image.dat",
                "left out, a link: \(folder.path)/link.txt", "left out, gzip, not text: \(folder.path)/more.gz",
            ])
        #expect(try TextSource(paths: [folder.path + "/b.txt"]).remarks.isEmpty)
        let any = try TextSource(ofAnyFormat: [folder.path])
        #expect(names(any) == ["a.txt", "b.txt", "image.dat", "more.gz"], "as runs of version 0.1.0 read them")
    }

    @Test("A file that is named and is no text is an error that says what it is, and how to read it")
    func named() throws {
        try make("it's.gz", [0x1F, 0x8B, 0x08, 0])
        let path = folder.path + "/it's.gz"
        let error = #expect(throws: TextError.notText(path: path, format: .gzip)) { try TextSource(paths: [path]) }
        #expect(
            error?.description
                == "\(path): is gzip, not text; unpack it first: gunzip < '\(folder.path)/it'\\''s.gz' > text.txt")
        #expect(throws: TextError.noFiles(path: folder.path)) { try TextSource(paths: [folder.path]) }
    }

    /// The first 30 bytes of a zip archive, after which the name of its first file comes.
    private static let zip = [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 26)

    @Test(
        "Formats are known by their first bytes",
        arguments: [
            ([0x1F, 0x8B, 0x08], .gzip), ([0x50, 0x4B, 3, 4], .zip), (png, .png), ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg),
            (bytes("%PDF-1.7"), .pdf), ([0x7F] + bytes("ELF"), .elf), ([4, 0x22, 0x4D, 0x18], .lz4),
            ([12, 0, 0, 0, 0, 0, 0, 0] + bytes("{}          "), .safetensors), (bytes("GIF89a"), .gif),
            (bytes("RIFF1234WEBP"), .riff), (bytes("SQLite format 3\0"), .sqlite), (bytes("BZh91AY&SY"), .bzip2),
            ([UInt8](repeating: 0x61, count: 257) + bytes("ustar"), .tar), (bytes("PK is a word"), nil), ([], nil),
            ([0xFF, 0xFE, 0x61, 0], nil), ([0xFE, 0xFF, 0, 0x61], nil), (bytes("RIFF raff, here"), nil),
            ([0x61, 0, 0, 0, 0x62, 0, 0, 0], nil), (bytes("\u{FEFF}{}"), nil),
            (zip + bytes("mimetypeapplication/epub+zip"), .epub), (zip + bytes("[Content_Types].xml"), .office),
            (zip + bytes("mimetypeapplication/vnd.oasis.opendocument.text"), .office), (zip + bytes("a.txt"), .zip),
            (bytes("Rar!\u{1A}\u{7}\0"), .rar), (bytes("II*\0"), .tiff), (bytes("MM\0*"), .tiff),
            (bytes("II* bis"), nil),
            ([0, 0, 1, 0, 1, 0], .icon), ([0, 0, 1, 0, 0, 0, 0, 0x61], nil), (bytes("ID3\u{3}\0\0"), .mp3),
            (bytes("ID3 tags"), nil), (bytes("OggS\0"), .ogg), (bytes("OggS, a format"), nil), (bytes("fLaC\0"), .flac),
            (bytes("\0\0\0\u{18}ftypmp42"), .mp4), ([0, 1, 0, 0, 0, 12], .font), (bytes("wOF2\0\u{1}\0\0"), .font),
            (bytes("OTTO\0"), .font), (bytes("OTTO: a play"), nil), (bytes("{\\rtf1\\ansi"), .rtf),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldOffice), (bytes("AT&TFORM1234DJVM"), .djvu),
            ([UInt8](repeating: 0, count: 60) + bytes("BOOKMOBI"), .mobi), ([0xCA, 0xFE, 0xBA, 0xBE], .javaClass),
            (bytes("MZ") + [UInt8](repeating: 0, count: 62), .portableExecutable), (bytes("MZ is a country"), nil),
            (bytes("\0asm\u{1}"), .webAssembly), ([0x93] + bytes("NUMPY"), .numpy),
            ([0x89] + bytes("HDF\r\n\u{1A}\n"), .hdf5), (bytes("PAR1\u{15}"), .parquet), (bytes("PAR1 is text"), nil),
            (bytes("bplist00"), .propertyList), (bytes("PACK\0\0\0\u{2}"), .gitPack), (bytes("PACKED"), nil),
            ([UInt8](repeating: 0, count: 512), .nulls), ([UInt8](repeating: 0, count: 511), nil),
        ] as [([UInt8], FileSignature?)])
    func signatures(bytes: [UInt8], expected: FileSignature?) {
        #expect(FileSignature.of(bytes) == expected)
    }
}
