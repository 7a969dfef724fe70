internal import Glibc

/// The calls to the system that concern names, not open files.
enum SystemCall {
    /// What stands at a path.
    enum Kind { case nothing, file, folder, other }

    /// What stands at `path`, after its links.
    static func kind(_ path: String) -> Kind {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return .nothing }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// The next bytes of a file or a pipe, at most `limit`: none at the end, nil where the system refuses (`errno`).
    static func read(_ descriptor: Int32, limit: Int) -> [UInt8]? {
        var result = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            result = unsafe Glibc.read(descriptor, buffer.baseAddress, limit)
            count = max(result, 0)
        }
        return result >= 0 ? bytes : nil
    }

    /// Whether the last call was refused because a signal came in between.
    static var wasInterrupted: Bool { errno == EINTR }

    /// Gives a file the name `target` in one step, in place of what was there, and brings its folder to the disk.
    ///
    /// - Throws: ``CorpusError/file(path:problem:)``.
    static func move(_ path: String, to target: String) throws(CorpusError) {
        guard unsafe rename(path, target) == 0 else { throw failure(target, "cannot be put in place") }
        let folder = folder(of: target)
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // Some file systems have no sync for folders and say so with EINVAL.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw failure(target, "is in place, but its folder cannot be synced to disk")
        }
    }

    /// Takes a file away, if it is there.
    static func remove(_ path: String) { _ = unsafe unlink(path) }

    /// The folder that a path's last name is in.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The error for the system's last refusal.
    static func failure(_ path: String, _ problem: String) -> CorpusError {
        .file(path: path, problem: "\(problem): \(unsafe String(cString: strerror(errno)))")
    }
}
