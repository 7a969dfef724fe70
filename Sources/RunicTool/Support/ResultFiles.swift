internal import ArgumentParser
internal import RunicFiles

/// Files and folders that commands write.
enum ResultFiles {
    /// Makes a folder, or checks that files can be made in an existing one.
    static func make(_ path: String) throws {
        try reporting { () throws(FileError) in try Folder.make(path) }
    }

    static func write(_ text: String, to path: String) throws {
        try reporting { () throws(FileError) in try AtomicFile.write(Array(text.utf8), to: path) }
    }

    /// Writes one JSON object.
    static func write(_ value: some Encodable, to path: String) throws {
        guard let json = try? PrettyJSON.text(value) else {
            throw Failure("\(path): the result cannot be written as JSON")
        }
        try write(json + "\n", to: path)
    }
}

/// The path of an output file, given with `--out` or another option.
enum OutputPath {
    /// - Throws: `ValidationError` if it is empty or is one of the input files, links resolved.
    static func check(_ out: String, option: String = "--out", reading paths: [String]) throws {
        guard !out.isEmpty else { throw ValidationError("\(option) is empty; name a file") }
        func place(_ path: String) -> String {
            if let resolved = FilePath.resolved(path) { return resolved }
            let folder = FilePath.folder(of: path)
            return FilePath.joined(FilePath.resolved(folder) ?? folder, FilePath.fileName(of: path))
        }
        guard paths.allSatisfy({ place($0) != place(out) }) else {
            throw ValidationError("\(option) is \(out), which is read; name another file")
        }
    }
}
