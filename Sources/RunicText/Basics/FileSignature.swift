internal import RunicDisplay
internal import RunicFiles

/// A format of files that are not text, known by the bytes that a file begins with.
public enum FileSignature: String, CaseIterable, Sendable {
    case gzip, bzip2, xz, zstandard
    // Before zip, which they are, too.
    case epub = "an EPUB book"
    case office = "an office document (DOCX, ODT or the like)"
    case zip = "a zip archive"
    case sevenZip = "a 7-Zip archive"
    case rar = "a RAR archive"
    case tar = "a tar archive"
    case png = "a PNG image"
    case jpeg = "a JPEG image"
    case gif = "a GIF image"
    case tiff = "a TIFF image"
    case icon = "an icon"
    case riff = "a RIFF file (WebP, WAV or AVI)"
    case mp3 = "an MP3 file"
    case ogg = "an Ogg file"
    case flac = "a FLAC file"
    case mp4 = "a video or image (MP4, MOV or HEIC)"
    case font = "a font"
    case pdf = "a PDF document"
    case rtf = "an RTF document"
    case oldOffice = "an office document (DOC, XLS or the like)"
    case djvu = "a DjVu document"
    case mobi = "a Kindle book"
    case elf = "a program (ELF)"
    case portableExecutable = "a program (EXE)"
    case javaClass = "a Java class"
    case webAssembly = "a WebAssembly program"
    case lz4 = "an LZ4 frame, as models are"
    case safetensors
    case numpy = "a NumPy array"
    case hdf5 = "an HDF5 file"
    case parquet = "a Parquet table"
    case sqlite = "an SQLite database"
    case propertyList = "a binary property list"
    case gitPack = "a Git pack"
    case nulls = "a file of NUL bytes"

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
        let path = path.shellQuoted
        return switch self {
        case .gzip: "gunzip < \(path)"
        case .bzip2: "bunzip2 < \(path)"
        case .xz: "unxz < \(path)"
        case .zstandard: "unzstd < \(path)"
        case .zip: "unzip -p \(path)"
        case .pdf: "pdftotext \(path) -"
        case .epub: "pandoc -f epub -t plain --wrap=none \(path)"
        case .rtf: "pandoc -f rtf -t plain --wrap=none \(path)"
        default: nil
        }
    }

    private func fits(_ bytes: [UInt8]) -> Bool {
        func begins(_ signature: [UInt8], at offset: Int = 0) -> Bool {
            bytes.dropFirst(offset).starts(with: signature)
        }
        func begins(_ signature: String, at offset: Int = 0) -> Bool { begins(Array(signature.utf8), at: offset) }
        /// The names of the first files of a zip archive are among its first bytes.
        func holds(_ name: String) -> Bool {
            let name = Array(name.utf8)
            return bytes.indices.contains { bytes[$0] == name[0] && begins(name, at: $0) }
        }
        let isZip = begins([0x50, 0x4B, 0x03, 0x04])
        return switch self {
        case .gzip: begins([0x1F, 0x8B, 0x08])
        case .bzip2: begins("BZh") && begins([0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4)
        case .xz: begins([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
        case .zstandard: begins([0x28, 0xB5, 0x2F, 0xFD])
        case .epub: isZip && begins("mimetypeapplication/epub+zip", at: 30)
        case .office:
            isZip && (holds("[Content_Types].xml") || begins("mimetypeapplication/vnd.oasis.opendocument", at: 30))
        case .zip: isZip || begins([0x50, 0x4B, 0x05, 0x06])
        case .sevenZip: begins([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C])
        case .rar: begins("Rar!") && begins([0x1A, 0x07], at: 4)
        case .tar: begins("ustar", at: 257)
        case .png: begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        case .jpeg: begins([0xFF, 0xD8, 0xFF])
        case .gif: begins("GIF87a") || begins("GIF89a")
        case .tiff: begins([0x49, 0x49, 0x2A, 0x00]) || begins([0x4D, 0x4D, 0x00, 0x2A])
        case .icon: begins([0, 0, 1, 0]) && bytes.count > 5 && bytes[4] > 0 && bytes[5] == 0
        case .riff: begins("RIFF") && ["WEBP", "WAVE", "AVI "].contains { begins($0, at: 8) }
        case .mp3: begins("ID3") && bytes.count > 5 && bytes[3] < 5 && bytes[4] < 10
        case .ogg: begins("OggS") && begins([0], at: 4)
        case .flac: begins("fLaC") && begins([0], at: 4)
        case .mp4: begins([0, 0, 0]) && begins("ftyp", at: 4)
        case .font:
            begins([0, 1, 0, 0, 0]) || begins("OTTO") && begins([0], at: 4)
                || (begins("wOFF") || begins("wOF2")) && (begins([0, 1, 0, 0], at: 4) || begins("OTTO", at: 4))
        case .pdf: begins("%PDF-")
        case .rtf: begins("{\\rtf")
        case .oldOffice: begins([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        case .djvu: begins("AT&TFORM") && begins("DJV", at: 12)
        case .mobi: begins("BOOKMOBI", at: 60)
        case .elf: begins([0x7F, 0x45, 0x4C, 0x46])
        // A word in 16 bits, such as the bytes of the last page, comes next.
        case .portableExecutable: begins("MZ") && bytes.count >= 64 && bytes[2..<64].count { $0 == 0 } > 16
        case .javaClass: begins([0xCA, 0xFE, 0xBA, 0xBE])
        case .webAssembly: begins([0]) && begins("asm", at: 1)
        case .lz4: begins([0x04, 0x22, 0x4D, 0x18])
        // The length of a JSON object in eight bytes, then the object.
        case .safetensors: begins([0, 0, 0, 0, 0x7B], at: 4) && bytes.count > 9
        case .numpy: begins([0x93]) && begins("NUMPY", at: 1)
        case .hdf5: begins([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A])
        case .parquet: begins("PAR1") && begins([0x15], at: 4)
        case .sqlite: begins("SQLite format 3") && begins([0], at: 15)
        case .propertyList: begins("bplist0")
        case .gitPack: begins("PACK") && begins([0, 0, 0], at: 4)
        case .nulls: bytes.count == Self.length && bytes.allSatisfy { $0 == 0 }
        }
    }
}
