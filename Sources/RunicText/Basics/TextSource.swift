internal import RunicFiles

/// One file of a corpus.
public struct TextFile: Sendable, Hashable {
    /// The path that means standard input.
    public static let standardInputPath = "-"

    /// Its path; `-` is standard input.
    public let path: String
    /// Its size in bytes when it was looked up; 0 if unknown.
    public let size: Int

    /// The file at `path`.
    public init(path: String, size: Int = 0) {
        self.path = path
        self.size = size
    }
}

/// The files of a corpus, in the order in which they are read.
public struct TextSource: Sendable, Hashable {
    /// The files; never empty when made from paths.
    public let files: [TextFile]

    /// Looks up files and folders; `-` is standard input.
    ///
    /// A folder gives every regular file below it, sorted by the bytes of the path, which need not be UTF-8; names that begin with a dot,
    /// links and special files are left out.
    ///
    /// - Throws: `TextError.unreadable` or `.noFiles`.
    public init(paths: [String]) throws(TextError) {
        var files: [TextFile] = []
        for path in paths {
            if path == TextFile.standardInputPath {
                files.append(TextFile(path: path))
                continue
            }
            let status = try TextError.wrapping(FilePath.status(path))
            guard status.kind == .folder else {
                files.append(TextFile(path: path, size: status.byteCount))
                continue
            }
            var found: [TextFile] = []
            try Self.collect(path, into: &found)
            if found.isEmpty { throw .noFiles(path: path) }
            files += found.map { (file: $0, bytes: PathBytes.bytes(of: $0.path)) }
                .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(\.file)
        }
        self.files = files
    }

    /// The sum of the known sizes, in bytes.
    public var size: Int { files.reduce(0) { $0 + $1.size } }

    /// The paths, for messages about all of them.
    package var label: String { files.map(\.path).joined(separator: ", ") }

    private static func collect(_ folder: String, into files: inout [TextFile]) throws(TextError) {
        for name in try TextError.wrapping(Folder.names(in: folder))
        where name.utf8.first != UInt8(ascii: ".") {
            let path = FilePath.joined(folder, name)
            let status = try TextError.wrapping(FilePath.status(path, followsLinks: false))
            switch status.kind {
            case .folder: try collect(path, into: &files)
            case .file: files.append(TextFile(path: path, size: status.byteCount))
            case .link, .other: break
            }
        }
    }
}
