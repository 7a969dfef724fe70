internal import Foundation

/// What is remembered beside a partial download, so that it goes on only where the file is still the same.
struct PartialNote: Codable, Hashable {
    /// Where the bytes come from.
    var address: String
    /// The strong ETag, or the date of the last change, that the server gave for them.
    var validator: String?

    /// The note at `path`; nil where there is none that can be understood.
    static func read(_ path: String) -> PartialNote? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try? JSONDecoder().decode(PartialNote.self, from: data)
    }

    /// Replaces the note at `path`.
    ///
    /// - Throws: ``CorpusError/file(path:problem:)``.
    func write(_ path: String) throws(CorpusError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return }
        let file = try LocalFile(path, for: .writing)
        try file.cut(to: 0)
        try file.write([UInt8](data))
    }
}
