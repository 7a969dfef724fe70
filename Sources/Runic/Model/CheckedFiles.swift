internal import RunicFiles
internal import RunicText

/// The texts that a quantized model is checked on; they are read more than once.
enum CheckedFiles {
    /// Name and hash of every file.
    ///
    /// - Throws: ``RunicError``: a file cannot be read, or is not a regular file.
    /// - Complexity: O(bytes).
    static func texts(of source: TextSource) throws(RunicError) -> [QuantizationNote.Check.Text] {
        var texts: [QuantizationNote.Check.Text] = []
        for file in source.files {
            if let content = file.content {
                var hash = SHA256()
                hash.update(content.span)
                texts.append(QuantizationNote.Check.Text(name: file.path, sha256: hash.hexadecimalDigest))
                continue
            }
            guard file.path != TextFile.standardInputPath, FilePath.kind(file.path) ?? .file == .file else {
                throw .notRegularFile(path: file.path)
            }
            do throws(FileError) {
                texts.append(
                    QuantizationNote.Check.Text(name: FilePath.fileName(of: file.path), sha256: try hash(of: file.path))
                )
            } catch {
                throw .text(TextError(error))
            }
        }
        return texts
    }

    private static func hash(of path: String) throws(FileError) -> String {
        let file = try OpenFile(path, for: .reading)
        var hash = SHA256()
        while true {
            let bytes = try file.read(limit: 1 << 20)
            guard !bytes.isEmpty else { return hash.hexadecimalDigest }
            hash.update(bytes.span)
        }
    }
}
