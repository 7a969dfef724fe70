internal import Foundation
internal import RunicText

/// The texts that a smaller model is checked on, which are read more than once.
enum CheckText {
    /// Name and hash of every file.
    ///
    /// - Throws: ``RunicError``: a file cannot be read, or cannot be read again.
    /// - Complexity: O(bytes).
    static func hashes(of source: TextSource) throws(RunicError) -> [QuantizationNote.Check.Text] {
        var texts: [QuantizationNote.Check.Text] = []
        for file in source.files {
            let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
            texts.append(QuantizationNote.Check.Text(name: name, sha256: try hash(of: file.path)))
        }
        return texts
    }

    private static func hash(of path: String) throws(RunicError) -> String {
        let isPipe = RunicError.other("\(path): a text to check with is read twice, so it must be a file, not a pipe")
        guard path != TextFile.standardInputPath else { throw isPipe }
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            // A pipe gives its bytes once, and has no end to go to.
            guard (try? handle.seekToEnd()) != nil else { throw isPipe }
            try handle.seek(toOffset: 0)
            var hash = SHA256()
            while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
                let bytes = [UInt8](chunk)
                hash.update(bytes.span)
            }
            return hash.hexadecimalDigest
        } catch let error as RunicError {
            throw error
        } catch {
            throw .text(.unreadable(path: path, reason: error.localizedDescription))
        }
    }
}
