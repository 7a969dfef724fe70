internal import Foundation
internal import RunicText

/// The texts that a smaller model is checked on, which are read more than once.
enum CheckedFiles {
    /// Name and hash of every file.
    ///
    /// - Throws: ``RunicError``: a file cannot be read, or cannot be read again.
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
        let isPipe = RunicError.other("\(path): a text to check with is read twice, so it must be a plain file")
        guard path != TextFile.standardInputPath else { throw isPipe }
        do {
            // Asked before it is opened: opening a pipe waits for somebody to write.
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
