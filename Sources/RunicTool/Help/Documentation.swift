internal import RunicFiles

/// Where the documentation that belongs to this program is.
enum Documentation {
    /// The folder, or nil if there is none: `share/doc/runic` beside the program's `bin`, or `docs` of the source tree.
    static var place: String? {
        guard let program = ProcessArguments.program else { return nil }
        let folder = FilePath.folder(of: program)
        return candidates(from: folder).first { FilePath.kind($0) == .folder }
    }

    /// The folders to look in, for a program in `folder`.
    static func candidates(from folder: String) -> [String] {
        var places = [FilePath.joined(FilePath.folder(of: folder), "share/doc/runic")]
        // The build folder of a source tree: TREE/.build/PLATFORM/CONFIGURATION.
        let parts = folder.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        if let build = parts.lastIndex(of: ".build") {
            places.append("/" + (parts[..<build] + ["docs"]).joined(separator: "/"))
        }
        return places
    }
}
