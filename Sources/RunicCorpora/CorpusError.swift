public import Foundation
internal import RunicDisplay
package import RunicFiles

/// Why a corpus could not be fetched; `description` is the one line a user sees.
public enum CorpusError: Error, Sendable, Hashable {
    /// The catalogue has no corpus with this name.
    case unknownName(String, known: [String])
    /// Nothing can be fetched from this address.
    case address(String, reason: String)
    /// The server responded without the file; `answer` is its status in words.
    case refused(address: String, answer: String)
    /// A connection failed after all retries; `kept` bytes of the file are on the disk.
    case connection(address: String, reason: String, kept: Int)
    /// The file has none of the expected sizes, in bytes; `found` is nil if it is longer than all of them.
    case size(address: String, expected: [Int], found: Int?)
    /// The SHA-256 of the text is not the expected one.
    case hash(address: String, expected: String, found: String)
    /// Another file is already at the path.
    case occupied(path: String, byteCount: Int, sha256: String)
    /// Another process is fetching to the path.
    case busy(path: String)
    /// The system refused; `problem` is what failed and the system's reason.
    case file(path: String, problem: String)
    /// The download is not the expected zip file with one member; `reason` says what was found.
    case archive(address: String, reason: String)
    /// The HTTP program cannot be run.
    case helper(path: String, reason: String)
    /// The HTTP program lacks a library of the system; `reason` is what the system's loader says.
    case helperLibrary(path: String, reason: String)
    /// The user stopped the fetch; `kept` bytes of the file are on the disk.
    case stopped(kept: Int)
}

extension CorpusError: WrapsFileError {
    package init(_ error: FileError) { self = .file(path: error.path, problem: error.problem) }
}

extension CorpusError: LocalizedError {
    /// The same line as `description`.
    public var errorDescription: String? { description }
}

extension CorpusError: CustomStringConvertible {
    /// One line: what happened, and what to do.
    public var description: String {
        switch self {
        case .unknownName(let name, let known):
            "unknown corpus \(name); use one of \(known.joined(separator: ", "))"
                + Suggestion.phrase(for: name, among: known)
        case .address(let address, let reason): "\(address): \(reason)"
        case .refused(let address, let answer):
            "\(address): the server answers \(answer); give another address with --from"
        case .connection(let address, let reason, let kept):
            "\(address): \(reason); "
                + (kept > 0 ? Self.resumes(kept) : "try again, or give another address with --from")
        case .size(let address, let expected, let found):
            "\(address): the file has \(found.map { "\($0) bytes instead of" } ?? "more bytes than") "
                + "\(expected.map { "\($0)" }.joined(separator: " or ")); it is not the corpus; give another address with --from"
        case .hash(let address, let expected, let found):
            "\(address): the SHA-256 is \(found) instead of \(expected); nothing is kept, give another address with --from"
        case .occupied(let path, let byteCount, let sha256):
            "\(path): already holds another file (\(byteCount) bytes, SHA-256 \(sha256)); name another path with --out, "
                + "or replace it with --force"
        case .busy(let path): "\(path): another process is fetching it; wait for it, or name another path with --out"
        case .file(let path, let problem): "\(path): \(problem)"
        case .archive(let address, let reason):
            "\(address): \(reason); nothing is kept, give another address with --from"
        case .helper(let path, let reason):
            "\(path): cannot be run: \(reason); put the program runic-fetch next to runic, or give a file: address with --from"
        case .helperLibrary(let path, let reason):
            "\(path): cannot start: \(reason); install the packages libcurl4 and ca-certificates, "
                + "or give a file: address with --from"
        case .stopped(let kept): "stopped; " + Self.resumes(kept)
        }
    }

    private static func resumes(_ kept: Int) -> String {
        "the same command continues from byte \(kept)"
    }
}
