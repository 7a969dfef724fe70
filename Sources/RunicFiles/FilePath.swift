internal import Glibc

/// The kind, size and time of a file.
package struct FileStatus: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case file, folder, link, other }

    package let kind: Kind
    /// The size in bytes.
    package let byteCount: Int
    /// When the content last changed, in nanoseconds since 1970.
    package let modified: Int

    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .link
        default: kind = .other
        }
        byteCount = Int(status.st_size)
        modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    }
}

/// Operations on the names of files.
package enum FilePath {
    /// The status of the file at `path`; a link is followed unless `followsLinks` is false.
    ///
    /// - Throws: `FileError` if nothing is there, or the system refuses.
    package static func status(_ path: String, followsLinks: Bool = true) throws(FileError) -> FileStatus {
        var status = stat()
        let name = PathBytes.terminated(path)
        let result = unsafe followsLinks ? stat(name, &status) : lstat(name, &status)
        guard result == 0 else { throw FileError(path: path, action: "cannot be read") }
        return FileStatus(status)
    }

    /// The kind of file at `path`, links followed; nil if there is none.
    package static func kind(_ path: String) -> FileStatus.Kind? { try? status(path).kind }

    /// The last component of a path, as a file is named in messages and notes; the path itself if it has none.
    package static func fileName(of path: String) -> String {
        path.utf8.split(separator: slash).last.map { String(Substring($0)) } ?? path
    }

    /// The folder that the last component of a path is in: `.` for a bare name.
    package static func folder(of path: String) -> String {
        guard let end = path.utf8.lastIndex(of: slash) else { return "." }
        return end == path.startIndex ? "/" : String(path[..<end])
    }

    /// The path of a name in a folder.
    package static func joined(_ folder: String, _ name: String) -> String {
        folder.utf8.last == slash ? folder + name : folder + "/" + name
    }

    /// Names are split at this byte: as a `Character`, a slash can be one with the combining mark that follows it.
    static let slash = UInt8(ascii: "/")

    /// The path after all links; nil if there is no such file.
    package static func resolved(_ path: String) -> String? {
        guard let resolved = unsafe realpath(PathBytes.terminated(path), nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe PathBytes.path(cString: resolved)
    }

    /// Gives a file the name `target`, in place of what was there; in one step, as seen by readers.
    ///
    /// Does not reach the disk before ``Folder/sync(_:after:)``.
    package static func rename(_ path: String, to target: String) throws(FileError) {
        guard unsafe Glibc.rename(PathBytes.terminated(path), PathBytes.terminated(target)) == 0 else {
            throw FileError(path: target, action: "cannot be replaced")
        }
    }

    /// Removes a file; no error if there is none.
    package static func remove(_ path: String) throws(FileError) {
        guard unsafe unlink(PathBytes.terminated(path)) == 0 || errno == ENOENT else {
            throw FileError(path: path, action: "cannot be removed")
        }
    }
}
