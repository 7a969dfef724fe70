internal import CRunicText
internal import RunicFiles

/// What the bytes of a text say about its encoding.
///
/// Evidence comes first: a byte order mark, then well-formed UTF-8, then NULs in every other byte. Only a text that has none of
/// them is guessed from its letters (``EncodingCandidates``).
enum EncodingVerdict: Hashable {
    /// Bytes that are no UTF-8 in a text that is.
    struct BadBytes: Hashable {
        /// Ill-formed sequences.
        var count = 0
        /// Where the first one begins, in bytes.
        var offset = 0
        /// The bytes that show it.
        var shown: [UInt8] = []
        /// Whether the text ends within the last one.
        var isCut = false
        /// Well-formed sequences of several bytes.
        var sequences = 0
    }

    /// A byte order mark.
    case marked(String)
    case utf8
    /// UTF-8 with errors, and the encoding that the text may have instead.
    case damagedUTF8(BadBytes, other: String?)
    case guessed(EncodingGuess)
    /// Nothing fits; the best guesses.
    case unknown([EncodingGuess])

    /// A well-formed sequence is this many times as rare by accident, in texts of other encodings, as an ill-formed one.
    static let weight = 2
    private static let standard = "UTF-8"

    /// Examines the beginning of a text.
    ///
    /// - Parameters:
    ///   - isWhole: whether the text ends with these bytes.
    ///   - isStart: whether it begins with them; if not, ASCII precedes them.
    init(_ bytes: [UInt8], isWhole: Bool, isStart: Bool = true) {
        if isStart, let marked = unsafe runic_encoding_by_mark(bytes, bytes.count) {
            self = .marked(unsafe String(cString: marked))
            return
        }
        if isStart, let wide = EncodingCandidates.wide(bytes) {
            self = .guessed(wide)
            return
        }
        if bytes.contains(0x1B), let escaped = EncodingCandidates.escaped(bytes) {
            self = .guessed(escaped)
            return
        }
        let bad = Self.badBytes(bytes, isWhole: isWhole)
        guard bad.count > 0 else {
            self = .utf8
            return
        }
        let isCutOnly = bad.count == 1 && bad.isCut && (bad.sequences > 0 || bad.shown.count > 1)
        if bad.sequences >= Self.weight * bad.count || isCutOnly {
            // What is UTF-8 says nothing about where the other bytes come from.
            let others = EncodingCandidates.guesses(Self.withoutSequences(bytes), isStart: false)
            self = .damagedUTF8(bad, other: others.first?.name)
            return
        }
        let guesses = EncodingCandidates.guesses(bytes, isStart: isStart)
        if let best = guesses.first, best.isPlausible {
            self = .guessed(best)
        } else {
            self = .unknown(guesses)
        }
    }

    /// Whether the text is UTF-8, perhaps with errors.
    var isUTF8: Bool {
        switch self {
        case .utf8, .damagedUTF8: true
        case .marked(let name): name == Self.standard
        case .guessed, .unknown: false
        }
    }

    /// The bytes without well-formed sequences of several bytes. Linear.
    private static func withoutSequences(_ bytes: [UInt8]) -> [UInt8] {
        var rest: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if case .whole(_, let length) = DecodedScalar(bytes.span, at: index), length > 1 {
                index += length
            } else {
                rest.append(bytes[index])
                index += 1
            }
        }
        return rest
    }

    /// Counts well-formed and ill-formed sequences. Linear.
    static func badBytes(_ bytes: [UInt8], isWhole: Bool) -> BadBytes {
        var found = BadBytes()
        var index = 0
        while index < bytes.count {
            let rest = bytes.span.extracting(index..<bytes.count)
            let span = unsafe rest.withUnsafeBufferPointer { unsafe runic_utf8_check($0.baseAddress, $0.count) }
            let valid = Int(span.valid)
            for place in index..<index + valid where bytes[place] >= 0xC0 { found.sequences += 1 }
            index += valid
            let bad = Int(span.bad)
            if bad == 0 || (span.truncated != 0 && !isWhole) { break }
            if found.count == 0 {
                found.offset = index
                found.shown = Array(bytes[index..<index + Int(span.shown)])
            }
            found.count += 1
            found.isCut = span.truncated != 0
            index += bad
        }
        return found
    }
}

/// A guess of the encoding of a text.
struct EncodingGuess: Hashable {
    let name: String
    /// How sure it is, from 0 to 100.
    let confidence: Int
    /// Whether the text could be one in some language.
    var isPlausible = true
    /// The next best encoding that reads the text differently.
    var second: String?

    /// Below this confidence a guess is doubtful.
    static let doubtful = 60

    /// The guess in a line; a doubtful one says what else it may be.
    var remark: String {
        let text = "encoding \(name), guessed, confidence \(confidence) of 100"
        guard confidence < Self.doubtful else { return text }
        return text + (second.map { "; it may be \($0) instead" } ?? "")
            + ": look at the text, or name it, as in --stage decode:encoding=\(second ?? name)"
    }
}

extension EncodingVerdict {
    /// Bytes of a file around an invalid one that are examined.
    private static let reach = 1 << 20

    /// The error for bytes that are not UTF-8, with what the bytes around them say about the encoding.
    static func advised(_ error: TextError) -> TextError {
        guard case .invalidByte(let path, let offset, let bytes, standard, .detect) = error,
            !path.isEmpty, path != TextFile.standardInputPath, FilePath.kind(path) == .file,
            let (text, start, isWhole) = try? surroundings(of: offset, path: path)
        else { return error }
        switch EncodingVerdict(text, isWhole: isWhole, isStart: start == 0) {
        case .marked(let name):
            return .invalidByte(path: path, offset: offset, bytes: bytes, encoding: standard, advice: .encoding(name))
        case .guessed(let guess) where guess.confidence >= EncodingGuess.doubtful:
            return .invalidByte(
                path: path, offset: offset, bytes: bytes, encoding: standard, advice: .encoding(guess.name))
        case .damagedUTF8(let bad, let other):
            return .badBytes(
                path: path, count: bad.count, offset: offset, bytes: bytes, sequences: bad.sequences, other: other)
        case .utf8, .guessed, .unknown: return error
        }
    }

    fileprivate static func surroundings(
        of offset: Int, path: String
    ) throws(FileError) -> (text: [UInt8], start: Int, isWhole: Bool) {
        let file = try OpenFile(path, for: .reading)
        var start = max(0, offset - reach / 2)
        try file.seek(to: start)
        var text: [UInt8] = []
        while text.count < reach {
            let part = try file.read(limit: reach - text.count)
            if part.isEmpty { break }
            text += part
        }
        let isWhole = text.count < reach
        if start > 0 {
            // Not within a character.
            let first = text.firstIndex { $0 & 0xC0 != 0x80 } ?? 0
            text.removeSubrange(..<first)
            start += first
        }
        return (text, start, isWhole)
    }
}

/// The encoding that a file's bytes around an invalid one show.
package struct LikelyEncoding: Sendable, Hashable {
    package let name: String
    /// Whether a byte order mark says it.
    package let isMarked: Bool

    /// Nil where the file is UTF-8, or the encoding is doubtful or unknown.
    package init?(at offset: Int, of path: String) {
        guard FilePath.kind(path) == .file,
            let (text, start, isWhole) = try? EncodingVerdict.surroundings(of: offset, path: path)
        else { return nil }
        switch EncodingVerdict(text, isWhole: isWhole, isStart: start == 0) {
        case .marked(let name): (self.name, isMarked) = (name, true)
        case .guessed(let guess) where guess.confidence >= EncodingGuess.doubtful:
            (name, isMarked) = (guess.name, false)
        case .utf8, .guessed, .damagedUTF8, .unknown: return nil
        }
    }
}
