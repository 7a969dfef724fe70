internal import RunicDisplay
internal import RunicFiles

/// A format of files that are not text, known by the bytes that a file begins with.
public enum FileSignature: String, CaseIterable, Sendable {
    case gzip, bzip2, xz, zstandard
    case zip = "a zip archive"
    case sevenZip = "a 7-Zip archive"
    case tar = "a tar archive"
    case png = "a PNG image"
    case jpeg = "a JPEG image"
    case gif = "a GIF image"
    case riff = "a RIFF file (WebP, WAV or AVI)"
    case pdf = "a PDF document"
    case elf = "a program (ELF)"
    case lz4 = "an LZ4 frame, as models are"
    case safetensors
    case sqlite = "an SQLite database"

    /// Bytes that are looked at.
    static let length = 512

    /// The format of a file that begins with these bytes, the first 512 or all there are; nil if none is known.
    public static func of(_ bytes: [UInt8]) -> FileSignature? {
        allCases.first { $0.fits(bytes) }
    }

    /// The format of a regular file; nil if none is known or the file cannot be read.
    static func of(path: String) -> FileSignature? {
        guard let file = try? OpenFile(path, for: .streaming) else { return nil }
        var bytes = [UInt8](repeating: 0, count: length)
        guard let count = try? file.descriptor.read(into: &bytes) else { return nil }
        return of(Array(bytes.prefix(count)))
    }

    /// How to make text of the format on a command line, for a message about the file; nil where there is no short way.
    func unpacking(_ path: String) -> String? {
        let program: String
        switch self {
        case .gzip: program = "gunzip"
        case .bzip2: program = "bunzip2"
        case .xz: program = "unxz"
        case .zstandard: program = "unzstd"
        case .zip: program = "unzip -p"
        case .pdf: return "pdftotext \(path.shellQuoted) -"
        default: return nil
        }
        return self == .zip ? "\(program) \(path.shellQuoted)" : "\(program) < \(path.shellQuoted)"
    }

    private func fits(_ bytes: [UInt8]) -> Bool {
        func begins(_ signature: [UInt8], at offset: Int = 0) -> Bool {
            bytes.dropFirst(offset).starts(with: signature)
        }
        return switch self {
        case .gzip: begins([0x1F, 0x8B, 0x08])
        case .bzip2: begins(Array("BZh".utf8)) && begins([0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4)
        case .xz: begins([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
        case .zstandard: begins([0x28, 0xB5, 0x2F, 0xFD])
        case .zip: begins([0x50, 0x4B, 0x03, 0x04]) || begins([0x50, 0x4B, 0x05, 0x06])
        case .sevenZip: begins([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C])
        case .tar: begins(Array("ustar".utf8), at: 257)
        case .png: begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        case .jpeg: begins([0xFF, 0xD8, 0xFF])
        case .gif: begins(Array("GIF87a".utf8)) || begins(Array("GIF89a".utf8))
        case .riff: begins(Array("RIFF".utf8)) && ["WEBP", "WAVE", "AVI "].contains { begins(Array($0.utf8), at: 8) }
        case .pdf: begins(Array("%PDF-".utf8))
        case .elf: begins([0x7F, 0x45, 0x4C, 0x46])
        case .lz4: begins([0x04, 0x22, 0x4D, 0x18])
        // The length of a JSON object in eight bytes, then the object.
        case .safetensors: begins([0, 0, 0, 0, 0x7B], at: 4) && bytes.count > 9
        case .sqlite: begins(Array("SQLite format 3".utf8) + [0])
        }
    }
}
