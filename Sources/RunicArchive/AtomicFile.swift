/// Writes files that are no archives with the same care.
package enum AtomicFile {
    /// Replaces the file at `path`, or the file it links to, in one step; a failure leaves the old one.
    ///
    /// - Throws: `ArchiveError.file`, naming the file.
    package static func replace(path: String, with bytes: [UInt8]) throws(ArchiveError) {
        try unsafe SystemFile.replace(path: path, with: bytes.span.bytes)
    }
}
