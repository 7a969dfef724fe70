package import RunicFiles
internal import Synchronization

/// The store of encoded ids: bytes that any number of threads write to different places, in any order, and read afterwards.
///
/// The ids of small texts are in memory, those of larger ones in a file without a name, which vanishes with its last use.
package final class IDStore: Sendable {
    /// The largest expected size, in bytes, that is kept in memory.
    package static let smallBytes = 32 << 20

    private let file: OpenFile?
    /// Memory that never grows: threads write it without waiting for each other.
    private let fixed: IDMemory?
    private let growing: Mutex<Growing>

    /// Memory that grows with what is written.
    private struct Growing {
        var memory: IDMemory
        /// Bytes up to the end of the last one written.
        var count = 0

        mutating func write(_ source: UnsafeRawBufferPointer, at offset: Int) {
            let end = offset + source.count
            if end > memory.count {
                let larger = IDMemory(byteCount: max(end, memory.count * 2))
                unsafe larger.write(UnsafeRawBufferPointer(rebasing: memory.bytes[..<count]), at: 0)
                memory = larger
            }
            unsafe memory.write(source, at: offset)
            count = max(count, end)
        }
    }

    /// A store that grows where there are more bytes than expected.
    ///
    /// - Parameter folder: where the file lies; nil: `TMPDIR`, or `/var/tmp`.
    /// - Throws: ``SymbolFileError`` if no file can be made there.
    package init(expectedBytes: Int, folder: String? = nil) throws(SymbolFileError) {
        file = try Self.file(for: expectedBytes, in: folder)
        fixed = nil
        growing = Mutex(Growing(memory: IDMemory(byteCount: file == nil ? expectedBytes : 0)))
    }

    /// A store of a known size.
    ///
    /// - Precondition: nothing is written beyond `exactBytes`, and no place twice at a time.
    /// - Throws: ``SymbolFileError`` if no file can be made in `folder`.
    package init(exactBytes: Int, folder: String? = nil) throws(SymbolFileError) {
        file = try Self.file(for: exactBytes, in: folder)
        fixed = file == nil ? IDMemory(byteCount: exactBytes) : nil
        growing = Mutex(Growing(memory: IDMemory(byteCount: 0)))
    }

    private static func file(for bytes: Int, in folder: String?) throws(SymbolFileError) -> OpenFile? {
        guard bytes > smallBytes else { return nil }
        return try SymbolFileError.wrapping(OpenFile.nameless(in: folder))
    }

    /// Whether threads wait for each other when they write: only in memory that may have to grow.
    package var locksWrites: Bool { file == nil && fixed == nil }

    /// Writes bytes from `offset` on; a gap before them stays uninitialised.
    package func write(_ source: UnsafeRawBufferPointer, at offset: Int) throws(SymbolFileError) {
        if let file {
            try SymbolFileError.wrapping(unsafe file.write(source, at: offset))
        } else if let fixed {
            unsafe fixed.write(source, at: offset)
        } else {
            growing.withLock { unsafe $0.write(source, at: offset) }
        }
    }

    /// Reads the bytes from `offset` on, which were written before.
    package func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws(SymbolFileError) {
        if let file {
            try SymbolFileError.wrapping(unsafe file.read(into: target, at: offset))
        } else if let fixed {
            unsafe fixed.read(into: target, at: offset)
        } else {
            // Written bytes never change, so they are copied outside of the lock.
            let memory = growing.withLock { growing in
                precondition(
                    offset + target.count <= growing.count, "\(target.count) bytes at \(offset) of \(growing.count)")
                return growing.memory
            }
            unsafe memory.read(into: target, at: offset)
        }
    }

    /// The first `count` ids; those of a file are mapped into memory. Nothing may be written afterwards.
    package func sequence(count: Int) throws(SymbolFileError) -> SymbolSequence {
        guard let file, count > 0 else {
            let memory = fixed ?? growing.withLock { $0.memory }
            return SymbolSequence(SymbolStorage(memory, count: count))
        }
        return SymbolSequence(
            SymbolStorage(try SymbolFileError.wrapping(MappedFile(file, byteCount: count * 2))))
    }
}

/// Why ids cannot be kept.
package enum SymbolFileError: WrapsFileError, Hashable, CustomStringConvertible {
    /// The folder, and the system's reason.
    case system(path: String, reason: String)

    package init(_ error: FileError) { self = .system(path: error.path, reason: error.reason) }

    package var description: String {
        switch self {
        case .system(let path, let reason):
            "\(path): the symbols of the text cannot be kept there: \(reason); name another folder in TMPDIR"
        }
    }
}
