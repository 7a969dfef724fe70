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
    /// Whether CR LF and CR become LF, and so are as good at the end of a file.
    let mapsLineEnds: Bool

    init(separator: String?, for pipeline: TextPipeline) {
        self.init(separator: Array((separator ?? "").utf8), mapsLineEnds: pipeline.mapsLineEnds)
    }

    init(separator: [UInt8], mapsLineEnds: Bool) {
        self.separator = separator
        self.mapsLineEnds = mapsLineEnds
    }

    /// The number of last bytes of a file that ``missing(after:)`` looks at.
    var reach: Int { max(mapsLineEnds ? 2 * separator.count : separator.count, 3) }

    /// What a file lacks at its end; nothing for an empty one.
    func missing(after tail: [UInt8]) -> [UInt8] {
        guard !tail.isEmpty else { return [] }
        guard !separator.isEmpty else {
            return Self.lineEnds.contains { tail.suffix($0.count) == $0[...] } ? [] : [0x0A]
        }
        let end = mapsLineEnds ? Self.mapped(tail) : tail
        let shared = (0...separator.count).last { end.count >= $0 && end.suffix($0) == separator.prefix($0) } ?? 0
        let missing = Array(separator.dropFirst(shared))
        // A line feed right after a CR would only be a part of its line end.
        return mapsLineEnds && tail.last == 0x0D && missing.first == 0x0A ? [0x0A] + missing : missing
    }

    /// The text with LF for CR LF and CR. A line feed that it begins with may end what precedes it, and stays.
    private static func mapped(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var afterReturn = false
        for byte in text {
            if byte != 0x0A || !afterReturn { result.append(byte == 0x0D ? 0x0A : byte) }
            afterReturn = byte == 0x0D
        }
        return result
    }
}
