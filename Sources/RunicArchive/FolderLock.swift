#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The right to write into a folder, for one process at a time; the system gives it back when the process ends, however
/// it ends.
///
/// It is an advisory lock on the folder itself (`flock`), so that no file is left behind.
package struct FolderLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock; nil when somebody else has it.
    ///
    /// A file system that knows no locks gives it to everybody.
    ///
    /// - Throws: `ArchiveError.file` when the folder cannot be opened.
    package init?(folder path: String) throws(ArchiveError) {
        let opened = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw SystemFile.failure(path, "cannot be opened") }
        if flock(opened, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK {
            close(opened)
            return nil
        }
        descriptor = opened
    }

    deinit { close(descriptor) }
}
