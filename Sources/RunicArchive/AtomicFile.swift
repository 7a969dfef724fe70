/// Small files that are read whole, and replaced in one step as archives are.
package enum AtomicFile {
    /// The bytes of a regular file.
    ///
    /// - Throws: `ArchiveError.file` when it cannot be read, `.tooLarge` when it has more than `limit` bytes.
    package static func read(path: String, limit: Int = 1 << 26) throws(ArchiveError) -> [UInt8] {
        try SystemFile.contents(path: path, limit: limit).withBytes { bytes in
            unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
        }
    }

    /// Writes a temporary file beside `path`, syncs it and renames it; a failure leaves the old file.
    ///
    /// - Throws: `ArchiveError.file`.
    package static func write(_ bytes: [UInt8], to path: String) throws(ArchiveError) {
        try unsafe SystemFile.replace(path: path, with: bytes.span.bytes)
    }

    /// Why no file can be made in a folder, in the system's words; nil where it can.
    package static func refusal(folder: String) -> String? { SystemFile.refusal(folder: folder) }

    /// Whether a file name is one that a process gives to a file which it has not finished.
    package static func isTemporary(_ name: String) -> Bool {
        name.hasPrefix(SystemFile.temporaryNames.prefix) && name.hasSuffix(SystemFile.temporaryNames.suffix)
    }
}
