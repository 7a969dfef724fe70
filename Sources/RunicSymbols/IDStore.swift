package import RunicFiles
internal import Synchronization

/// The store of encoded ids: bytes that any number of threads write to different places, in any order, and read afterwards.
///
/// The ids of small texts are in memory, those of larger ones in a file without a name, which vanishes with its last use. Those
/// of a text that turns out larger than expected move there.
package final class IDStore: Sendable {
    /// The most bytes that are kept in memory.
    package static let smallBytes = 32 << 20

    private let file: OpenFile?
    /// Memory that never grows: threads write it without waiting for each other.
    private let fixed: IDMemory?
    private let growing: Mutex<Growing>
    private let folder: String?
    /// Most bytes that more than expected may take; nil: half of what is free where they lie, as others need the disk, too.
    private let most: Int?

    /// What holds more than was expected.
    private struct Growing {
        var memory: IDMemory
        /// Bytes up to the end of the last one written.
        var count = 0
        /// Where the ids are once they are too many for memory, and how many bytes it may have.
        var large: (file: OpenFile, most: Int)?

        /// Writes to memory.
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

        /// Moves from memory to a file.
        mutating func move(to file: OpenFile, most: Int) throws(FileError) {
            try unsafe file.write(UnsafeRawBufferPointer(rebasing: memory.bytes[..<count]), at: 0)
            large = (file, most)
            memory = IDMemory(byteCount: 0)
        }
    }

    /// A store that grows where there are more bytes than expected.
    ///
    /// - Parameters:
    ///   - expectedBytes: nil: not known, as of a pipe, which may never end.
    ///   - folder: where the file lies; nil: `TMPDIR`, or `/var/tmp`.
    ///   - most: most bytes that more than expected may take; nil: half of what is free in the folder.
    /// - Throws: ``SymbolFileError`` if no file can be made there.
    package init(expectedBytes: Int?, folder: String? = nil, most: Int? = nil) throws(SymbolFileError) {
        file = try Self.file(for: expectedBytes ?? 0, in: folder)
        fixed = nil
        growing = Mutex(Growing(memory: IDMemory(byteCount: file == nil ? expectedBytes ?? 1 << 16 : 0)))
        (self.folder, self.most) = (folder, most)
    }

    /// A store of a known size.
    ///
    /// - Precondition: nothing is written beyond `exactBytes`, and no place twice at a time.
    /// - Throws: ``SymbolFileError`` if no file can be made in `folder`.
    package init(exactBytes: Int, folder: String? = nil) throws(SymbolFileError) {
        file = try Self.file(for: exactBytes, in: folder)
        fixed = file == nil ? IDMemory(byteCount: exactBytes) : nil
        growing = Mutex(Growing(memory: IDMemory(byteCount: 0)))
        (self.folder, most) = (folder, nil)
    }

    private static func file(for bytes: Int, in folder: String?) throws(SymbolFileError) -> OpenFile? {
        guard bytes > smallBytes else { return nil }
        return try SymbolFileError.wrapping(OpenFile.nameless(in: folder))
    }

    /// Whether threads wait for each other when they write: only in memory that may have to grow.
    package var locksWrites: Bool { file == nil && fixed == nil }

    /// Writes bytes from `offset` on; a gap before them stays uninitialised.
    ///
    /// - Throws: ``SymbolFileError``, also where a text has grown beyond what it may take.
    package func write(_ source: UnsafeRawBufferPointer, at offset: Int) throws(SymbolFileError) {
        if let file {
            try SymbolFileError.wrapping(unsafe file.write(source, at: offset))
        } else if let fixed {
            unsafe fixed.write(source, at: offset)
        } else if let large = try unsafe writeGrowing(source, at: offset) {
            guard offset + source.count <= large.most else { throw .tooLarge(path: large.file.path) }
            try SymbolFileError.wrapping(unsafe large.file.write(source, at: offset))
        }
    }

    /// Writes to memory, or returns the file that is to be written.
    private func writeGrowing(
        _ source: UnsafeRawBufferPointer, at offset: Int
    ) throws(SymbolFileError) -> (file: OpenFile, most: Int)? {
        try growing.withLock { growing throws(SymbolFileError) in
            if let large = growing.large { return large }
            guard offset + source.count > max(Self.smallBytes, growing.memory.count) else {
                unsafe growing.write(source, at: offset)
                return nil
            }
            do throws(FileError) {
                let file = try OpenFile.nameless(in: folder)
                let free = try file.freeBytes()
                try growing.move(to: file, most: most ?? free / 2)
            } catch {
                throw SymbolFileError(error)
            }
            return growing.large
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
            let (memory, large) = growing.withLock { growing in
                precondition(
                    growing.large != nil || offset + target.count <= growing.count,
                    "\(target.count) bytes at \(offset) of \(growing.count)")
                return (growing.memory, growing.large?.file)
            }
            if let large {
                try SymbolFileError.wrapping(unsafe large.read(into: target, at: offset))
            } else {
                unsafe memory.read(into: target, at: offset)
            }
        }
    }

    /// The first `count` ids; those of a file are mapped into memory. Nothing may be written afterwards.
    package func sequence(count: Int) throws(SymbolFileError) -> SymbolSequence {
        let (grown, large) = growing.withLock { ($0.memory, $0.large?.file) }
        guard let file = file ?? large, count > 0 else {
            return SymbolSequence(SymbolStorage(fixed ?? grown, count: count))
        }
        return SymbolSequence(
            SymbolStorage(try SymbolFileError.wrapping(MappedFile(file, byteCount: count * 2))))
    }
}

/// Why ids cannot be kept.
package enum SymbolFileError: WrapsFileError, Hashable, CustomStringConvertible {
    /// The folder, and the system's reason.
    case system(path: String, reason: String)
    /// A text of unknown length has more than may be kept in the folder.
    case tooLarge(path: String)

    package init(_ error: FileError) { self = .system(path: error.path, reason: error.reason) }

    package var description: String {
        switch self {
        case .system(let path, let reason):
            "\(path): the symbols of the text cannot be kept there: \(reason); name another folder in TMPDIR"
        case .tooLarge(let path):
            "\(path): the symbols of the text take more than half of what is free there; give a shorter text, or name "
                + "another folder in TMPDIR"
        }
    }
}
