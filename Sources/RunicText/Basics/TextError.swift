internal import CRunicText
internal import RunicDisplay

/// An error between files and symbol ids; `description` is the line that a user sees.
public enum TextError: Error, Sendable, Hashable {
    /// Bytes that are invalid in the encoding: the file (empty for text in memory), their offset, and the bytes that show it.
    case invalidByte(
        path: String, offset: Int, bytes: [UInt8], encoding: String = "UTF-8", advice: DecodeAdvice = .detect)
    /// Invalid bytes in a text that is UTF-8 otherwise: the file, how many ill-formed and well-formed sequences of several bytes its
    /// beginning has, the offset of the first ill-formed one and the bytes that show it, and the encoding that the text may have
    /// instead.
    case badBytes(path: String, count: Int, offset: Int, bytes: [UInt8], sequences: Int, other: String?)
    /// A text whose beginning is in one encoding, and that looks like another from an offset on, both by name.
    case mixedEncodings(path: String, offset: Int, beginning: String, rest: String)
    /// A text whose encoding cannot be guessed, and the best guesses with their confidence in percent.
    case unknownEncoding(path: String, guesses: [String])
    /// A file or folder that could not be read, and the system's reason.
    case unreadable(path: String, reason: String)
    /// A folder in which the ids of a text cannot be stored, and the reason.
    case unwritable(reason: String)
    /// A file that was named and is not text, and its format.
    case notText(path: String, format: FileSignature)
    /// A text without symbols.
    case emptyText(path: String)
    /// A folder without a regular file that is not hidden.
    case noFiles(path: String)
    /// A stage that the registry lacks.
    case unknownStage(name: String, known: [String])
    /// A stage of which the registry has another version.
    case stageVersion(name: String, found: Int, expected: Int)
    /// A stage that an archive took from a shared library, but that is compiled in here or comes from another one.
    case stageLibrary(name: String, found: String?, expected: String)
    /// A stage that an archive took from a shared library that was not given.
    case missingPlugin(stage: String, version: Int?, library: String)
    /// A shared library that cannot be loaded as a plugin.
    case plugin(path: String, reason: String)
    /// A stage of a plugin that cannot be used or misbehaved: the plugin's path, and the text's if there is one.
    case pluginStage(path: String, stage: String, text: String?, reason: String)
    /// An option of a stage that is unknown, or has an unknown value.
    case stageOption(stage: String, option: String, value: String, expected: String)
    /// A list of stages that does not end with its only `segment` stage.
    case pipelineShape
    /// A pipeline with more stages, or longer options, than any text needs, and which.
    case pipelineTooLarge(reason: String)
    /// A pipeline that is to read files as bytes, and what needs text: a stage, or, if that is nil, the unit.
    case needsText(stage: String?, unit: TextUnit)
    /// A stage that failed on a file.
    case stageFailed(name: String, path: String, reason: String)
    /// More different symbols than two-byte ids.
    case tooManySymbols(found: Int, limit: Int)
    /// Rare symbols that need an unknown symbol, which was ruled out.
    case noUnknownSymbol(rareSymbols: Int, minimumCount: Int)
    /// Symbols beyond the size of a vocabulary that need an unknown symbol, which was ruled out.
    case leftOut(symbols: Int, maximumSize: Int)
    /// A text of which no two symbols are told apart, so that there is nothing to predict, and the least count of a symbol.
    case nothingToPredict(minimumCount: Int)
    /// A vocabulary size without room for a symbol, and the smallest size with room.
    case vocabularySize(maximum: Int, least: Int)
    /// A vocabulary that contradicts itself: the id, and the reason.
    case vocabulary(id: Int, reason: String)
    /// Text that is not the description of a stage, and why.
    case stageSyntax(text: String, reason: String)
    /// Two options that exclude each other, as written.
    case contradiction(first: String, second: String, reason: String)
}

extension TextError {
    /// The same error, with its offset moved by `bytes`.
    func moved(by bytes: Int) -> TextError {
        switch self {
        case .invalidByte(let path, let offset, let shown, let encoding, let advice):
            .invalidByte(path: path, offset: offset + bytes, bytes: shown, encoding: encoding, advice: advice)
        case .badBytes(let path, let count, let offset, let shown, let sequences, let other):
            .badBytes(
                path: path, count: count, offset: offset + bytes, bytes: shown, sequences: sequences, other: other)
        case .mixedEncodings(let path, let offset, let beginning, let rest):
            .mixedEncodings(path: path, offset: offset + bytes, beginning: beginning, rest: rest)
        default: self
        }
    }
}

/// What to do about bytes that are invalid in an encoding.
public enum DecodeAdvice: Sendable, Hashable {
    /// Let the encoding be found.
    case detect
    /// Take this encoding, which the bytes look like.
    case encoding(String)
    /// Name another encoding: this one was found.
    case other

    fileprivate var text: String {
        switch self {
        case .detect: "try --repair or --stage decode:encoding=auto"
        case .encoding(let name): "it looks like \(name): try --stage decode:encoding=\(name), or --repair"
        case .other: "try --repair, or name the encoding, as in --stage decode:encoding=windows-1252"
        }
    }
}

extension TextError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidByte(let path, let offset, let bytes, let encoding, let advice):
            let wayOut = path.isEmpty ? "try --repair" : advice.text
            return "\(Self.label(path)): byte \(offset) is not \(encoding) (\(Self.shown(bytes))); \(wayOut)"
        case .badBytes(let path, let count, let offset, let bytes, let sequences, let other):
            let others = count > 1 ? ", and \(count - 1) more places are not" : ""
            let rest =
                sequences == 0
                ? "the text ends within a character" : "\(sequences) sequences of several bytes are\(others)"
            return "\(Self.label(path)): byte \(offset) is not UTF-8 (\(Self.shown(bytes))); \(rest); "
                + "keep it UTF-8 with --repair"
                + (other.map { ", or read it as \($0) with --stage decode:encoding=\($0)" } ?? "")
        case .mixedEncodings(let path, let offset, let beginning, let rest):
            return
                "\(Self.label(path)): it begins as \(beginning), and from byte \(offset) on it looks like \(rest); cut it there, "
                + "or read all of it as one with \(Self.reading(as: beginning)), or with \(Self.reading(as: rest))"
        case .unknownEncoding(let path, let guesses):
            let known = guesses.isEmpty ? "nothing fits" : "it might be " + guesses.joined(separator: ", ")
            let likeliest = guesses.first?.split(separator: " ").first ?? "windows-1252"
            return "\(Self.label(path)): the encoding cannot be guessed (\(known)); "
                + "name it, as in --stage decode:encoding=\(likeliest)"
        case .unreadable(let path, let reason): return "\(Self.label(path)): cannot be read: \(reason)"
        case .notText(let path, let format):
            let unpacking = path == TextFile.standardInputPath ? nil : format.unpacking(path)
            let wayOut = unpacking.map { "unpack it first: \($0) > text.txt" } ?? "give a text"
            return "\(Self.label(path)): is \(format.rawValue), not text; \(wayOut)"
        case .unwritable(let reason): return reason
        case .emptyText(let path):
            return "\(Self.label(path)): there is no text in it; give a text with at least one symbol"
        case .noFiles(let path):
            return
                "\(Self.label(path)): the folder has no files to read; hidden files, links, files that are not text and "
                + "what --include and --exclude leave out do not count"
        case .unknownStage(let name, let known):
            return
                "stage '\(name.shortened(to: 80))' is not known; name the plugin that has it, or use one of \(known.joined(separator: ", "))"
                + Suggestion.phrase(for: name.shortened(to: 80), among: known)
        case .stageVersion(let name, let found, let expected):
            return "stage '\(name)' is here in version \(found), but version \(expected) is needed"
        case .stageLibrary(let name, let found, let expected):
            let here = found.map { "the plugin given has \($0)" } ?? "here it is compiled in"
            return
                "stage '\(name)' comes from the plugin with SHA-256 \(expected), but \(here); give that file with --plugin"
        case .missingPlugin(let stage, let version, let library):
            let version = version.map { " version \($0)" } ?? ""
            return "stage '\(stage)'\(version) comes from a plugin that is not given, the one with SHA-256 \(library); "
                + "give its file with --plugin"
        case .plugin(let path, let reason): return "\(path): \(reason)"
        case .pluginStage(let path, let stage, let text, let reason):
            let place = text.map { " on \($0.isEmpty ? "a text in memory" : Self.label($0))" } ?? ""
            return "\(path): stage '\(stage)'\(place): \(reason)"
        case .stageOption(let stage, let option, let value, let expected):
            let option = option.shortened(to: 80)
            let given =
                value.isEmpty
                ? "option \(option) is missing or empty"
                : "option \(option)=\(value.shortened(to: 100)) is not known"
            return "stage '\(stage)': \(given); use \(expected)"
        case .pipelineShape: return "the stages of a pipeline must end in one 'segment' stage, and have no other"
        case .pipelineTooLarge(let reason): return "the pipeline is too large: \(reason)"
        case .needsText(let stage?, _):
            return
                "stage '\(stage)' needs text, and decode:encoding=bytes gives bytes of any kind; leave out one of them"
        case .needsText(nil, let unit):
            return "decode:encoding=bytes reads files as bytes, and --unit \(unit.rawValue) needs text; use --unit byte"
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
        case .nothingToPredict(let minimumCount):
            return minimumCount > 1
                ? "minimum count \(minimumCount) leaves out all symbols of the text; lower it, or spell rare symbols with "
                    + "--fallback bytes"
                : "the text has only one symbol, again and again, so there is nothing to predict; give another text"
        case .vocabularySize(let maximum, let least):
            let reason = least > 2 ? "the 256 bytes of the fallback count too" : "the unknown symbol counts too"
            return "a vocabulary of at most \(maximum) symbols has no room for text, since \(reason); "
                + "allow \(least) or more"
        case .vocabulary(let id, let reason): return "vocabulary: symbol \(id) \(reason)"
        case .stageSyntax(let text, let reason):
            return "stage '\(text)': \(reason); write name, or name:option=value,option=value"
        case .contradiction(let first, let second, let reason):
            return "\(first) and \(second) contradict each other: \(reason); leave out one"
        }
    }

    /// The options that read a text in an encoding although parts of it are in another one.
    private static func reading(as encoding: String) -> String {
        encoding == "UTF-8" ? "--stage decode:encoding=utf-8 --repair" : "--stage decode:encoding=\(encoding)"
    }

    /// The description without the path at its beginning.
    package func reason(for path: String) -> String {
        let start = Self.label(path) + ": "
        return description.hasPrefix(start) ? String(description.dropFirst(start.count)) : description
    }

    /// The path of the file that the error is about; nil if it is about none.
    package var path: String? {
        switch self {
        case .invalidByte(let path, _, _, _, _), .badBytes(let path, _, _, _, _, _), .unknownEncoding(let path, _),
            .mixedEncodings(let path, _, _, _),
            .unreadable(let path, _), .emptyText(let path), .noFiles(let path), .notText(let path, _),
            .stageFailed(_, let path, _):
            path.isEmpty ? nil : path
        case .pluginStage(_, _, let text, _): text
        default: nil
        }
    }

    private static func shown(_ bytes: [UInt8]) -> String {
        bytes.map { "0x" + hexadecimal([$0]).uppercased() }.joined(separator: " ")
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
package func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

/// The reason for a C function's status, for the end of an error message.
func reason(forStatus status: Int32) -> String {
    switch status {
    case RUNIC_OUT_OF_MEMORY: "memory is short"
    default: unsafe String(cString: runic_status_name(status))
    }
}
