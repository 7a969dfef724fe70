internal import Glibc

/// An open file, closed with its last reference.
package final class OpenFile: Sendable {
    /// What a file is opened for.
    package enum Use: Sendable {
        /// Reading a regular file.
        case reading
        /// Reading from start to end; opening a pipe waits for its writer.
        case streaming
        /// Reading and writing a regular file, which is made if it is missing.
        case updating
        /// Writing at the end; the file is created if it is missing.
        case appending
        /// Writing a file that must not be there yet.
        case creating

        fileprivate var flags: Int32 {
            switch self {
            // Without O_NONBLOCK, opening a named pipe would wait before it could be refused.
            case .reading: O_RDONLY | O_NONBLOCK
            case .streaming: O_RDONLY
            case .updating: O_RDWR | O_CREAT | O_NONBLOCK
            case .appending: O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK
            case .creating: O_WRONLY | O_CREAT | O_EXCL
            }
        }

        fileprivate var isReading: Bool { self == .reading || self == .streaming }
        fileprivate var needsRegularFile: Bool { self == .reading || self == .updating }
    }

    package let path: String
    package let descriptor: Descriptor

    /// Opens the file at `path`.
    ///
    /// - Parameters:
    ///   - permissions: of a new file, less the process's mask.
    ///   - followsLinks: false refuses a path that is a symbolic link, whatever it links to.
    /// - Throws: `FileError`.
    package init(
        _ path: String, for use: Use, permissions: UInt32 = 0o644, followsLinks: Bool = true
    ) throws(FileError) {
        let number = unsafe open(
            PathBytes.terminated(path), use.flags | O_CLOEXEC | (followsLinks ? 0 : O_NOFOLLOW), permissions)
        guard number >= 0 else {
            if !followsLinks && errno == ELOOP {
                throw FileError(path: path, problem: "is a symbolic link; remove it, or name another file")
            }
            throw FileError(path: path, action: use.isReading ? "cannot be read" : "cannot be written")
        }
        self.path = path
        descriptor = Descriptor(number: number)
        if use.needsRegularFile { try status().requireRegular(path) }
    }

    private init(_ number: Int32, path: String) {
        self.path = path
        descriptor = Descriptor(number: number)
    }

    deinit { close(descriptor.number) }

    /// A new file without a name, which vanishes with its last use however the process ends.
    ///
    /// - Parameter folder: where it lies; nil: `TMPDIR`, or `/var/tmp`. Messages name it.
    package static func nameless(in folder: String? = nil) throws(FileError) -> OpenFile {
        let folder = folder ?? temporaryFolder
        var name = PathBytes.terminated("\(folder)/runic-XXXXXX")
        let number = unsafe mkstemp(&name)
        guard number >= 0 else { throw FileError(path: folder, action: "cannot be written to") }
        unsafe _ = unlink(name)
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        return OpenFile(number, path: folder)
    }

    private static var temporaryFolder: String {
        guard let value = unsafe getenv("TMPDIR") else { return "/var/tmp" }
        let folder = unsafe PathBytes.path(cString: value)
        return folder.isEmpty ? "/var/tmp" : folder
    }

    /// A path under which this process can open the file again from its start, name or not, while it is open.
    package var pathInProcess: String { "/proc/self/fd/\(descriptor.number)" }

    package func status() throws(FileError) -> FileStatus {
        var status = stat()
        guard unsafe fstat(descriptor.number, &status) == 0 else { throw failure("cannot be examined") }
        return FileStatus(status)
    }

    /// The size in bytes.
    package func byteCount() throws(FileError) -> Int { try status().byteCount }

    /// The bytes that are free on the disk where the file lies.
    package func freeBytes() throws(FileError) -> Int {
        var status = statvfs()
        guard unsafe fstatvfs(descriptor.number, &status) == 0 else { throw failure("cannot be examined") }
        return Int(clamping: status.f_bavail.multipliedReportingOverflow(by: UInt(status.f_frsize)).partialValue)
    }

    /// Sets who may read and write the file.
    package func setPermissions(_ permissions: UInt32) throws(FileError) {
        guard fchmod(descriptor.number, permissions) == 0 else { throw failure("its permissions cannot be set") }
    }

    /// Takes an advisory lock until the file is closed; false if another process has it.
    package func lock() -> Bool { flock(descriptor.number, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK }

    /// Whether its path still leads to this file, and not to one that has replaced it.
    package var isStillAtPath: Bool {
        var own = stat(), there = stat()
        return unsafe fstat(descriptor.number, &own) == 0 && lstat(PathBytes.terminated(path), &there) == 0
            && own.st_dev == there.st_dev && own.st_ino == there.st_ino
    }

    /// Brings the content to the disk.
    package func sync() throws(FileError) {
        guard fsync(descriptor.number) == 0 else { throw failure("cannot be synced to disk") }
    }

    func failure(_ action: String, _ error: SystemError = .last) -> FileError {
        FileError(path: path, action: action, error)
    }
}

extension FileStatus {
    /// - Throws: `FileError` for a folder, a pipe or a device.
    func requireRegular(_ path: String) throws(FileError) {
        switch kind {
        case .file: return
        case .folder: throw FileError(path: path, problem: "is a folder; name a file")
        default: throw FileError(path: path, problem: "is not a regular file; name one")
        }
    }
}
