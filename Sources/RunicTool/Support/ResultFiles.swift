internal import Foundation
internal import RunicArchive

/// The folder where a study leaves what it found.
enum ResultFiles {
    /// Makes the folder, or finds out that files can be made in it.
    static func make(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Failure("\(path): the folder cannot be made; name another with --out")
        }
        if let refusal = AtomicFile.refusal(folder: path) { throw Failure("\(path): \(refusal)") }
    }

    static func write(_ text: String, to path: String) throws {
        try reporting { () throws(ArchiveError) in try AtomicFile.write(Array(text.utf8), to: path) }
    }

    /// Writes one JSON object.
    static func write(_ value: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(value) else { throw Failure("\(path): the result has no JSON") }
        try write(String(decoding: json, as: UTF8.self) + "\n", to: path)
    }
}
