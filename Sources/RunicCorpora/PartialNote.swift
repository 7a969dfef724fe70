internal import Foundation
internal import RunicFiles

/// A note stored with a partial download, which is resumed only if the file at its address is still the same.
struct PartialNote: Codable, Hashable {
    /// The address of the file.
    var address: String
    /// The strong ETag, or the date of the last change, given by the server.
    var validator: String?

    /// The note at `path`; nil if there is none or it cannot be decoded.
    static func read(_ path: String) -> PartialNote? {
        guard let bytes = try? AtomicFile.read(path) else { return nil }
        return try? JSONDecoder().decode(PartialNote.self, from: Data(bytes))
    }

    /// Replaces the note at `path`.
    ///
    /// - Throws: ``CorpusError/file(path:problem:)``.
    func write(_ path: String) throws(CorpusError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return }
        try CorpusError.wrappingErrors { () throws(FileError) in
            let file = try OpenFile(path, for: .updating)
            try file.truncate(to: 0)
            try file.write([UInt8](data))
        }
    }
}
