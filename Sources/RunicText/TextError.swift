/// What can go wrong between files and symbol ids; `description` is the one line a user sees.
public enum TextError: Error, Sendable, Hashable {
    /// Bytes that are not UTF-8: the file (empty for text in memory), the offset in bytes, and the bytes that show it.
    case invalidByte(path: String, offset: Int, bytes: [UInt8])
    /// A file or folder that could not be read, and the system's reason.
    case unreadable(path: String, reason: String)
    /// Text without a single symbol.
    case emptyText(path: String)
    /// A folder in which there is no regular file that is not hidden.
    case noFiles(path: String)
    /// A stage that the registry does not have.
    case unknownStage(name: String, known: [String])
    /// A stage that the registry has in another version only.
    case stageVersion(name: String, found: Int, expected: Int)
    /// A stage that an archive took from a shared library, and that is not here, or from another one.
    case stageLibrary(name: String, found: String?, expected: String)
    /// An option of a stage, or its value, that the stage does not have.
    case stageOption(stage: String, option: String, value: String, expected: String)
    /// A list of stages that does not end in its only `segment` stage.
    case pipelineShape
    /// A stage that failed while it worked on a file.
    case stageFailed(name: String, path: String, reason: String)
    /// More symbols than ids of two bytes can tell apart.
    case tooManySymbols(found: Int, limit: Int)
    /// Rare symbols without an unknown symbol to stand for them.
    case noUnknownSymbol(rareSymbols: Int, minimumCount: Int)
    /// Symbols beyond the size of a vocabulary, without an unknown symbol to stand for them.
    case leftOut(symbols: Int, maximumSize: Int)
    /// A vocabulary's size that leaves no room for a symbol, and the least that does.
    case vocabularySize(maximum: Int, least: Int)
    /// A vocabulary that contradicts itself: the id where, and what.
    case vocabulary(id: Int, reason: String)
}

extension TextError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidByte(let path, let offset, let bytes):
            let shown = bytes.map { "0x" + hexadecimal([$0]).uppercased() }.joined(separator: " ")
            return "\(Self.label(path)): byte \(offset) is not UTF-8 (\(shown)); try --repair"
        case .unreadable(let path, let reason): return "\(Self.label(path)): cannot be read: \(reason)"
        case .emptyText(let path):
            return "\(Self.label(path)): there is no text in it; give a text with at least one symbol"
        case .noFiles(let path):
            return "\(Self.label(path)): the folder has no files to read; hidden files and links in it do not count"
        case .unknownStage(let name, let known):
            return "stage '\(name)' is not known; register it, or use one of \(known.joined(separator: ", "))"
        case .stageVersion(let name, let found, let expected):
            return "stage '\(name)' is here in version \(found), but version \(expected) is needed"
        case .stageLibrary(let name, let found, let expected):
            let here = found.map { "the one given has \($0)" } ?? "here it is compiled in"
            return "stage '\(name)' comes from the library with SHA-256 \(expected), but \(here); give that with --plugin"
        case .stageOption(let stage, let option, let value, let expected):
            return "stage '\(stage)': option \(option)=\(value) is not known; use \(expected)"
        case .pipelineShape: return "the stages of a pipeline must end in one 'segment' stage, and have no other"
        case .stageFailed(let name, let path, let reason):
            return "\(Self.label(path)): stage '\(name)' failed: \(reason)"
        case .tooManySymbols(let found, let limit):
            return "the text has \(found) different symbols, the limit is \(limit); "
                + "raise the minimum count, set --max-symbols, or use a smaller unit, such as --unit codepoint"
        case .noUnknownSymbol(let rareSymbols, let minimumCount):
            return "minimum count \(minimumCount) leaves out \(rareSymbols) symbols, but the vocabulary has no unknown "
                + "symbol; include one or use minimum count 1"
        case .leftOut(let symbols, let maximumSize):
            return "at most \(maximumSize) symbols leave out \(symbols), but the vocabulary has no unknown symbol; "
                + "include one, use --fallback bytes, or allow \(maximumSize + symbols)"
        case .vocabularySize(let maximum, let least):
            let reason = least > 2 ? "the 256 bytes of the fallback count too" : "the unknown symbol counts too"
            return "a vocabulary of at most \(maximum) symbols has no room for text, since \(reason); "
                + "allow \(least) or more"
        case .vocabulary(let id, let reason): return "vocabulary: symbol \(id) \(reason)"
        }
    }

    private static func label(_ path: String) -> String {
        switch path {
        case "": "text"
        case TextFile.standardInputPath: "standard input"
        default: path
        }
    }
}

/// The bytes as lower-case hexadecimal digits.
func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
