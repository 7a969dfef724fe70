internal import Glibc

/// Files that are read whole and replaced whole: readers see the old bytes or the new.
package enum AtomicFile {
    /// The bytes of a regular file.
    ///
    /// - Throws: `FileError` if it cannot be read, or has more than `limit` bytes.
    package static func read(_ path: String, limit: Int = 1 << 26) throws(FileError) -> [UInt8] {
        let file = try OpenFile(path, for: .reading)
        let count = try file.byteCount()
        guard count <= limit else {
            throw FileError(path: path, problem: "has \(count) bytes, more than the limit of \(limit)")
        }
        var bytes = [UInt8](repeating: 0, count: count)
        try unsafe bytes.withUnsafeMutableBufferPointer { bytes throws(FileError) in
            try unsafe file.read(into: UnsafeMutableRawBufferPointer(bytes), at: 0)
        }
        return bytes
    }

    /// Replaces a file by bytes; see ``replace(_:with:previous:create:)``.
    package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        try unsafe bytes.withUnsafeBufferPointer { bytes throws(FileError) in
            try unsafe replace(path, with: UnsafeRawBufferPointer(bytes))
        }
    }

    /// Replaces the file at `path`, or the file it links to, in one step; a failure leaves the old one.
    ///
    /// The bytes go to a temporary file in the same folder (mode 0644 less the process's mask), which is synced and
    /// renamed; then the folder is synced.
    ///
    /// - Parameters:
    ///   - previous: a path in the same folder that keeps the old file. It is renamed only after the new file is whole
    ///     on disk, so one of the two paths holds a whole file whenever the process ends.
    ///   - create: makes the temporary file.
    /// - Throws: `FileError`; the temporary file is removed.
    package static func replace(
        _ path: String, with bytes: UnsafeRawBufferPointer, previous: String? = nil,
        create: (String) throws(FileError) -> OpenFile = newFile
    ) throws(FileError) {
        let target = try resolvedTarget(path)
        let folder = FilePath.folder(of: target)
        let random = String(UInt64.random(in: .min ... .max), radix: 16)
        let temporary = "\(folder)/\(prefix)\(random)\(suffix)"
        let file: OpenFile
        do throws(FileError) {
            file = try create(temporary)
        } catch {
            throw error.at(path)
        }
        do throws(FileError) {
            try unsafe file.write(bytes)
            try file.sync()
        } catch {
            unsafe unlink(PathBytes.terminated(temporary))
            throw error.at(path)
        }
        do throws(FileError) {
            if let previous, FilePath.kind(target) != nil { try FilePath.rename(target, to: previous) }
            try FilePath.rename(temporary, to: target)
        } catch {
            unsafe unlink(PathBytes.terminated(temporary))
            throw error
        }
        try Folder.sync(folder, after: path)
    }

    /// Whether a file name is one of a temporary file that ``replace(_:with:previous:create:)`` made.
    package static func isTemporary(_ name: String) -> Bool { name.hasPrefix(prefix) && name.hasSuffix(suffix) }

    private static let (prefix, suffix) = (".runic-", ".tmp")

    package static func newFile(_ path: String) throws(FileError) -> OpenFile { try OpenFile(path, for: .creating) }

    /// The file that `path` names after its links, which must be a regular file if it is there.
    private static func resolvedTarget(_ path: String) throws(FileError) -> String {
        guard let status = try? FilePath.status(path) else { return path }
        try status.requireRegular(path)
        guard let resolved = FilePath.resolved(path) else { throw FileError(path: path, action: "cannot be resolved") }
        return resolved
    }
}
