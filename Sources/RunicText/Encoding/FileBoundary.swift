/// Whether the files of a corpus are one text or several.
public enum FileRule: String, Codable, CaseIterable, Sendable {
    /// Each file is a document: where it does not end in a line end, or in the separator of documents, that is supplied before the
    /// next file.
    case separate
    /// The files follow one another as they are.
    case join
}

/// What is supplied between two files, so that the second one does not continue the last line or document of the first.
struct FileBoundary: Hashable {
    private static let lineEnds = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].map { Array($0.utf8) }

    /// The text between documents; empty: a line end is enough.
    let separator: [UInt8]

    /// The number of last bytes of a file that ``missing(after:)`` looks at.
    var reach: Int { max(separator.count, 3) }

    /// What a file lacks at its end; nothing for an empty one.
    func missing(after tail: [UInt8]) -> [UInt8] {
        guard !tail.isEmpty else { return [] }
        guard !separator.isEmpty else {
            return Self.lineEnds.contains { tail.suffix($0.count) == $0[...] } ? [] : [0x0A]
        }
        let shared = (0...separator.count).last { tail.count >= $0 && tail.suffix($0) == separator.prefix($0) } ?? 0
        return Array(separator.dropFirst(shared))
    }
}
