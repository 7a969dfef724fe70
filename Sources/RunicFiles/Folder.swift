internal import Glibc

/// Operations on folders.
package enum Folder {
    /// Makes a folder and those above it where they are missing, and checks that files can be made in it.
    ///
    /// - Parameter permissions: of new folders, less the process's mask.
    /// - Throws: `FileError`, naming the folder that cannot be made or written to.
    package static func make(_ path: String, permissions: UInt32 = 0o777) throws(FileError) {
        try makeMissing(path, permissions)
        if let reason = refusal(path) {
            throw FileError(path: path, problem: "the folder cannot be written to: \(reason)")
        }
    }

    /// Why no file can be made in a folder, in the system's words; nil if one can.
    package static func refusal(_ path: String) -> String? {
        unsafe access(PathBytes.terminated(path), W_OK | X_OK) == 0 ? nil : SystemError.last.reason
    }

    /// Whether a folder can be opened, as listing and syncing it need.
    package static func canBeOpened(_ path: String) -> Bool { unsafe access(PathBytes.terminated(path), R_OK) == 0 }

    /// The names in a folder, unsorted, without `.` and `..`.
    package static func names(in path: String) throws(FileError) -> [String] {
        guard let handle = unsafe opendir(PathBytes.terminated(path)) else {
            throw FileError(path: path, action: "cannot be read")
        }
        defer { unsafe _ = closedir(handle) }
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        var names: [String] = []
        while true {
            // Only `errno` tells an error from the end of the folder.
            errno = 0
            guard let entry = unsafe readdir(handle) else { break }
            let name = unsafe (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
            unsafe names.append(PathBytes.path(cString: name))
        }
        guard errno == 0 else { throw FileError(path: path, action: "cannot be read") }
        return names.filter { $0 != "." && $0 != ".." }
    }

    /// Brings the names in a folder to the disk; `path` is the file that was just put there, for the message.
    package static func sync(_ folder: String, after path: String) throws(FileError) {
        let descriptor = unsafe open(PathBytes.terminated(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw FileError(path: path, action: "is written, but its folder cannot be opened to sync it to disk")
        }
        defer { close(descriptor) }
        // Some file systems have no sync for folders and say so with EINVAL.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw FileError(path: path, action: "is written, but its folder cannot be synced to disk")
        }
    }

    private static func makeMissing(_ path: String, _ permissions: UInt32) throws(FileError) {
        guard unsafe mkdir(PathBytes.terminated(path), permissions) != 0 else { return }
        if errno == ENOENT || errno == ENOTDIR, let parent = parent(of: path) {
            try makeMissing(parent, permissions)
            guard unsafe mkdir(PathBytes.terminated(path), permissions) != 0 else { return }
        }
        guard errno == EEXIST else { throw FileError(path: path, action: "the folder cannot be made") }
        guard FilePath.kind(path) == .folder else {
            throw FileError(path: path, problem: "is not a folder; name another")
        }
    }

    /// The path without its last component and the slashes around it; nil if nothing is left.
    private static func parent(of path: String) -> String? {
        let bytes = path.utf8
        guard let end = bytes.lastIndex(where: { $0 != FilePath.slash }),
            let cut = bytes[...end].lastIndex(of: FilePath.slash),
            let parentEnd = bytes[..<cut].lastIndex(where: { $0 != FilePath.slash })
        else { return nil }
        return String(Substring(bytes[...parentEnd]))
    }
}

/// The right to write into a folder, for one process at a time; it ends with the process, however that ends.
///
/// An advisory lock on the folder itself (`flock`), so no lock file remains.
package struct FolderLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock; nil if another holder has it. A file system without locks gives it to everybody.
    ///
    /// - Throws: `FileError` if the folder cannot be opened.
    package init?(folder path: String) throws(FileError) {
        let opened = unsafe open(PathBytes.terminated(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw FileError(path: path, action: "cannot be opened") }
        if flock(opened, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK {
            close(opened)
            return nil
        }
        descriptor = opened
    }

    deinit { close(descriptor) }
}
