internal import Glibc

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
    /// A folder gives every regular file below it, sorted by the bytes of the path; names that begin with a dot,
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
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { throw .unreadable(path: path, reason: systemReason()) }
            guard status.st_mode & S_IFMT == S_IFDIR else {
                files.append(TextFile(path: path, size: Int(status.st_size)))
                continue
            }
            var found: [TextFile] = []
            try Self.collect(path, into: &found)
            if found.isEmpty { throw .noFiles(path: path) }
            files += found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        }
        self.files = files
    }

    /// The sum of the known sizes, in bytes.
    public var size: Int { files.reduce(0) { $0 + $1.size } }

    /// The paths, for messages about all of them.
    package var label: String { files.map(\.path).joined(separator: ", ") }

    private static func collect(_ folder: String, into files: inout [TextFile]) throws(TextError) {
        for name in try names(in: folder) where !name.hasPrefix(".") {
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            var status = stat()
            guard unsafe lstat(path, &status) == 0 else { throw .unreadable(path: path, reason: systemReason()) }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: try collect(path, into: &files)
            case S_IFREG: files.append(TextFile(path: path, size: Int(status.st_size)))
            default: break
            }
        }
    }

    private static func names(in folder: String) throws(TextError) -> [String] {
        guard let handle = unsafe opendir(folder) else {
            throw .unreadable(path: folder, reason: systemReason())
        }
        defer { unsafe _ = closedir(handle) }
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        var names: [String] = []
        while let entry = unsafe readdir(handle) {
            let name = unsafe (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
            unsafe names.append(String(cString: name))
        }
        return names
    }
}

/// What the system says about the last failed call.
func systemReason() -> String {
    guard let text = unsafe strerror(errno) else { return "error \(errno)" }
    return unsafe String(cString: text).lowercased()
}
