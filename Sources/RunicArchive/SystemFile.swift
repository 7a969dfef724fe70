#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The few calls to the system that an archive needs: read a whole file, replace a whole file, make a folder.
enum SystemFile {
    /// The whole content of a regular file.
    ///
    /// - Throws: `ArchiveError.file` when it cannot be read, `.tooLarge` when it is larger than `limit`.
    static func contents(path: String, limit: Int) throws(ArchiveError) -> ArchiveBuffer {
        // Without O_NONBLOCK a named pipe would wait for a writer before it could be refused.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path, "cannot be opened") }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(path, "cannot be examined") }
        try requireRegular(status, path: path)
        guard status.st_size <= limit else {
            throw .tooLarge(path: path, byteCount: UInt64(status.st_size), limit: limit)
        }
        return try unsafe ArchiveBuffer(byteCount: Int(status.st_size), path: path) { (target) throws(ArchiveError) in
            var count = 0
            while count < target.count {
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: target[count...])
                let result = unsafe read(descriptor, rest.baseAddress, rest.count)
                if result < 0 && errno == EINTR { continue }
                guard result >= 0 else { throw failure(path, "cannot be read") }
                guard result > 0 else {
                    throw .file(path: path, problem: "became shorter while it was read; try again")
                }
                count += result
            }
        }
    }

    /// Replaces the file at `path`, or the file it links to, in one step: readers see the old bytes or the new, and a
    /// failure leaves the old.
    ///
    /// The bytes go to a temporary file in the same folder (mode 0644 less the process's mask), which is synced and
    /// renamed; then the folder is synced. `open` makes the temporary file and returns its descriptor, or -1.
    ///
    /// With `previous`, the old file is kept under that path, in place of what was there, once the new one is whole on
    /// disk: whenever the process ends, one of the two paths has a whole file.
    ///
    /// - Precondition: `previous` lies in the same folder as the file at `path`.
    /// - Throws: `ArchiveError.file`; the temporary file is gone then.
    static func replace(
        path: String, with bytes: RawSpan, previous: String? = nil, open: (String) -> Int32 = createExclusively
    ) throws(ArchiveError) {
        let target = try resolvedTarget(path)
        let slash = target.lastIndex(of: "/")
        let folder = slash.map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
        let random = String(UInt64.random(in: .min ... .max), radix: 16)
        let temporary = "\(folder)/\(temporaryNames.prefix)\(random)\(temporaryNames.suffix)"
        let descriptor = open(temporary)
        guard descriptor >= 0 else { throw failure(path, "cannot be written") }
        var isOpen = true
        do throws(ArchiveError) {
            try writeAll(bytes, to: descriptor, path: path)
            guard fsync(descriptor) == 0 else { throw failure(path, "cannot be synced to disk") }
            isOpen = false
            guard close(descriptor) == 0 else { throw failure(path, "cannot be written") }
            if let previous {
                guard unsafe rename(target, previous) == 0 || errno == ENOENT else {
                    throw failure(previous, "cannot be put in place")
                }
            }
            guard unsafe rename(temporary, target) == 0 else { throw failure(path, "cannot be put in place") }
        } catch {
            if isOpen { close(descriptor) }
            unsafe unlink(temporary)
            throw error
        }
        try syncFolder(folder, path: path)
    }

    /// How the names of temporary files begin and end.
    static let temporaryNames = (prefix: ".runic-", suffix: ".tmp")

    /// Makes the folder at `path`, and those above it, unless they are there.
    ///
    /// - Throws: `ArchiveError.file`, naming the folder that cannot be made.
    static func makeFolder(path: String) throws(ArchiveError) {
        guard unsafe mkdir(path, 0o755) != 0 else { return }
        if errno == ENOENT || errno == ENOTDIR, let parent = parentFolder(of: path) {
            try makeFolder(path: parent)
            guard unsafe mkdir(path, 0o755) != 0 else { return }
        }
        guard errno == EEXIST else { throw failure(path, "cannot be made a folder") }
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .file(path: path, problem: "is not a folder; name another")
        }
    }

    /// The path without its last name and the slashes around it; `nil` when nothing is left.
    private static func parentFolder(of path: String) -> String? {
        guard let end = path.lastIndex(where: { $0 != "/" }),
            let slash = path[...end].lastIndex(of: "/"),
            let parentEnd = path[..<slash].lastIndex(where: { $0 != "/" })
        else { return nil }
        return String(path[...parentEnd])
    }

    /// A new file for writing at `path`; -1 when there is one already or the system refuses.
    static func createExclusively(path: String) -> Int32 {
        unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    }

    private static func writeAll(_ bytes: RawSpan, to descriptor: Int32, path: String) throws(ArchiveError) {
        try unsafe bytes.withUnsafeBytes { (source) throws(ArchiveError) in
            var count = 0
            while count < source.count {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: source[count...])
                let result = unsafe write(descriptor, rest.baseAddress, rest.count)
                if result < 0 && errno == EINTR { continue }
                guard result >= 0 else { throw failure(path, "cannot be written") }
                count += result
            }
        }
    }

    /// The file that `path` names after its links, which must be a regular file if it is there.
    private static func resolvedTarget(_ path: String) throws(ArchiveError) -> String {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return path }
        try requireRegular(status, path: path)
        guard let resolved = unsafe realpath(path, nil) else { throw failure(path, "cannot be resolved") }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    private static func requireRegular(_ status: stat, path: String) throws(ArchiveError) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: return
        case S_IFDIR: throw .file(path: path, problem: "is a folder; name a file")
        default: throw .file(path: path, problem: "is not a regular file; name one")
        }
    }

    /// Why no file can be made in a folder, in the system's words; nil where it can.
    static func refusal(folder: String) -> String? {
        unsafe access(folder, W_OK | X_OK) == 0 ? nil : String(cString: strerror(errno))
    }

    private static func syncFolder(_ folder: String, path: String) throws(ArchiveError) {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, "is written, but its folder cannot be opened for syncing") }
        defer { close(descriptor) }
        // Some file systems have no sync for folders and say so with EINVAL.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw failure(path, "is written, but its folder cannot be synced to disk")
        }
    }

    /// The error for the system's last refusal.
    static func failure(_ path: String, _ problem: String) -> ArchiveError {
        .file(path: path, problem: "\(problem): \(unsafe String(cString: strerror(errno)))")
    }
}
