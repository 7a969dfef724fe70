internal import RunicFiles

/// The folder where a study leaves what it found.
enum ResultFiles {
    /// Makes the folder, or finds out that files can be made in it.
    static func make(_ path: String) throws {
        try reporting { () throws(FileError) in try Folder.make(path) }
    }

    static func write(_ text: String, to path: String) throws {
        try reporting { () throws(FileError) in try AtomicFile.write(Array(text.utf8), to: path) }
    }

    /// Writes one JSON object.
    static func write(_ value: some Encodable, to path: String) throws {
        guard let json = try? PrettyJSON.text(value) else { throw Failure("\(path): the result has no JSON") }
        try write(json + "\n", to: path)
    }
}
