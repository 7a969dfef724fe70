internal import Glibc
internal import Synchronization

/// Where bytes are written to, in any order and by any number of threads, and then read from: ids in the end.
///
/// Those of small texts lie in memory; those of others in a file without a name, which vanishes with its last use.
package final class IDStore: Sendable {
    /// The file, or -1 where ids lie in memory.
    private let descriptor: Int32
    private let path: String
    private let memory: Mutex<IDStoreMemory>
    /// The same where it never grows, and so is written without a lock.
    private let exact: IDStoreMemory?

    /// So many bytes at most stay in memory.
    package static let smallBytes = 32 << 20

    /// A spool for about so many bytes.
    ///
    /// - Parameters:
    ///   - isExact: whether no more than these are written; threads then need not wait for each other.
    ///   - folder: where the file lies; nil: `TMPDIR`, or `/var/tmp`.
    /// - Throws: ``SymbolFileError`` where no file can be made there.
    package init(
        expectedBytes: Int, isExact: Bool = false, folder: String? = nil
    ) throws(SymbolFileError) {
        path = folder ?? Self.environmentFolder ?? "/var/tmp"
        guard expectedBytes > Self.smallBytes else {
            descriptor = -1
            let made = IDStoreMemory(capacity: expectedBytes)
            memory = Mutex(made)
            exact = isExact ? made : nil
            return
        }
        memory = Mutex(IDStoreMemory(capacity: 0))
        exact = nil
        descriptor = Self.nameless(in: path)
        guard descriptor >= 0 else { throw .system(path: path, reason: Self.reason) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Writes bytes at a place.
    package func write(_ source: UnsafeRawBufferPointer, at offset: Int) throws(SymbolFileError) {
        guard descriptor >= 0 else {
            memory.withLock { unsafe $0.write(source, at: offset) }
            return
        }
        var (rest, position) = unsafe (source, offset)
        while unsafe !rest.isEmpty {
            let count = unsafe pwrite(descriptor, rest.baseAddress, rest.count, position)
            guard count > 0 else {
                if count < 0 && errno == EINTR { continue }
                throw .system(path: path, reason: Self.reason)
            }
            position += count
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Reads bytes from a place, where that many were written.
    package func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws(SymbolFileError) {
        guard descriptor >= 0 else {
            memory.withLock { memory in
                precondition(
                    offset + target.count <= memory.count, "\(target.count) bytes at \(offset) of \(memory.count)")
                unsafe target.copyMemory(from: UnsafeRawBufferPointer(start: memory.base + offset, count: target.count))
            }
            return
        }
        var (rest, position) = unsafe (target, offset)
        while unsafe !rest.isEmpty {
            let count = unsafe pread(descriptor, rest.baseAddress, rest.count, position)
            guard count > 0 else {
                if count < 0 && errno == EINTR { continue }
                throw .system(path: path, reason: count == 0 ? "a file there ends early" : Self.reason)
            }
            position += count
            unsafe rest = UnsafeMutableRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// What was written, as `count` ids; those of a file are mapped. Nothing is written from then on.
    package func sequence(count: Int) throws(SymbolFileError) -> SymbolSequence {
        guard descriptor >= 0 else {
            return memory.withLock { SymbolSequence(SymbolStorage(sharing: $0, count: count)) }
        }
        guard let storage = SymbolStorage(mapping: descriptor, count: count) else {
            throw .system(path: path, reason: Self.reason)
        }
        return SymbolSequence(storage)
    }

    private static var environmentFolder: String? {
        guard let value = unsafe getenv("TMPDIR") else { return nil }
        let folder = unsafe String(cString: value)
        return folder.isEmpty ? nil : folder
    }

    private static var reason: String {
        guard let text = unsafe strerror(errno) else { return "error \(errno)" }
        return unsafe String(cString: text).lowercased()
    }

    /// A file whose name is taken away as soon as it is open.
    private static func nameless(in folder: String) -> Int32 {
        var name = Array("\(folder)/runic-symbols-XXXXXX".utf8CString)
        let found = unsafe mkstemp(&name)
        if found >= 0 {
            unsafe _ = unlink(name)
            _ = fcntl(found, F_SETFD, FD_CLOEXEC)
        }
        return found
    }
}
