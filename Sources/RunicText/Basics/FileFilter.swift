internal import Glibc

/// Which files of a folder are read, by patterns of their names such as `*.txt` or `drafts/*`.
///
/// A pattern with a slash is compared with the path below the folder, any other with the file's name. `*` stands for any
/// characters, `?` for one, `[a-z]` for one of a set. Files that are named themselves are always read.
public struct FileFilter: Sendable, Hashable, Codable {
    /// Only files that fit one of these are read; none: all.
    public var include: [String]
    /// Files that fit one of these are left out, and folders with all that is in them.
    public var exclude: [String]

    /// Creates a filter; by default it keeps all files.
    public init(include: [String] = [], exclude: [String] = []) {
        self.include = include
        self.exclude = exclude
    }

    /// Whether all files are kept.
    public var isEmpty: Bool { include.isEmpty && exclude.isEmpty }

    /// Whether a file is read.
    ///
    /// - Parameter path: below the folder that was given.
    func keeps(file path: String) -> Bool {
        (include.isEmpty || include.contains { Self.fits(path, $0) }) && !exclude.contains { Self.fits(path, $0) }
    }

    /// Whether a folder is looked into.
    func keeps(folder path: String) -> Bool { !exclude.contains { Self.fits(path, $0) } }

    private static func fits(_ path: String, _ pattern: String) -> Bool {
        let name = pattern.contains("/") ? path : String(path.split(separator: "/").last ?? "")
        return unsafe fnmatch(pattern, name, 0) == 0
    }
}
