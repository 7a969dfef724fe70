internal import Glibc

/// A regular file that is read from its start, or written on at its end.
final class LocalFile {
    /// What a file is opened for; one that is written is made if it is not there.
    enum Use { case reading, writing }

    let path: String
    private let descriptor: Int32

    /// Opens the file at `path`.
    ///
    /// - Throws: ``CorpusError/file(path:problem:)``.
    init(_ path: String, for use: Use) throws(CorpusError) {
        self.path = path
        // Without O_NONBLOCK a named pipe would wait before it could be refused.
        let flags = O_CLOEXEC | O_NONBLOCK | (use == .reading ? O_RDONLY : O_RDWR | O_CREAT)
        descriptor = unsafe open(path, flags, 0o644)
        guard descriptor >= 0 else {
            throw SystemCall.failure(path, use == .reading ? "cannot be read" : "cannot be written")
        }
        guard try status().st_mode & S_IFMT == S_IFREG else {
            throw .file(path: path, problem: "is not a regular file; name one")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The size in bytes.
    func byteCount() throws(CorpusError) -> Int { Int(try status().st_size) }

    /// What changes when the file does: its size, and the time of its last change.
    func version() throws(CorpusError) -> String {
        let status = try status()
        return "\"\(status.st_size)-\(status.st_mtim.tv_sec)-\(status.st_mtim.tv_nsec)\""
    }

    /// Keeps other processes that ask from the file, until the process ends or the file is closed.
    ///
    /// - Throws: ``CorpusError/busy(path:)`` where another process has it.
    func lock() throws(CorpusError) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else { throw .busy(path: path) }
    }

    /// Goes to a byte, from which on is read.
    func move(to offset: Int) throws(CorpusError) {
        guard lseek(descriptor, off_t(offset), SEEK_SET) == offset else {
            throw SystemCall.failure(path, "cannot be read")
        }
    }

    /// The next bytes, at most `limit`; none at the end.
    func read(_ limit: Int = 1 << 18) throws(CorpusError) -> [UInt8] {
        repeat {
            if let bytes = SystemCall.read(descriptor, limit: limit) { return bytes }
        } while SystemCall.wasInterrupted
        throw SystemCall.failure(path, "cannot be read")
    }

    /// Makes the file so many bytes long, and goes to its end.
    func cut(to byteCount: Int) throws(CorpusError) {
        guard ftruncate(descriptor, off_t(byteCount)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
            throw SystemCall.failure(path, "cannot be written")
        }
    }

    /// Writes all bytes.
    func write(_ bytes: [UInt8]) throws(CorpusError) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw SystemCall.failure(path, "cannot be written") }
            done += count
        }
    }

    /// Brings the file to the disk.
    func sync() throws(CorpusError) {
        guard fsync(descriptor) == 0 else { throw SystemCall.failure(path, "cannot be synced to disk") }
    }

    private func status() throws(CorpusError) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw SystemCall.failure(path, "cannot be examined") }
        return status
    }
}
