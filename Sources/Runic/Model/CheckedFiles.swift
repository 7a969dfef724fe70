internal import Foundation
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
            let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
            texts.append(QuantizationNote.Check.Text(name: name, sha256: try hash(of: file.path)))
        }
        return texts
    }

    private static func hash(of path: String) throws(RunicError) -> String {
        let isPipe = RunicError.notRegularFile(path: path)
        guard path != TextFile.standardInputPath else { throw isPipe }
        do {
            // Checked before opening: to open a pipe waits for a writer.
            let type = try FileManager.default.attributesOfItem(atPath: resolved(path))[.type] as? FileAttributeType
            guard type == .typeRegular else { throw isPipe }
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
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

    private static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }
}
