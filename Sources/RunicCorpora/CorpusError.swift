/// Why a corpus could not be fetched; `description` is the one line a user sees.
public enum CorpusError: Error, Sendable, Hashable {
    /// A name that the catalogue does not have.
    case unknownName(String, known: [String])
    /// An address that nothing can be fetched from.
    case address(String, reason: String)
    /// A server that answered, but not with the file; `answer` is its status and what that means.
    case refused(address: String, answer: String)
    /// A connection that was not made or broke, after all retries; `kept` bytes of the file are on the disk.
    case connection(address: String, reason: String, kept: Int)
    /// A file of another size, in bytes, than the ones it may have; nil where it is longer than all of them.
    case size(address: String, expected: [Int], found: Int?)
    /// A text whose SHA-256 is not the expected one.
    case hash(address: String, expected: String, found: String)
    /// A file that is there already and is not the corpus.
    case occupied(path: String, byteCount: Int, sha256: String)
    /// A file that another process is fetching.
    case busy(path: String)
    /// The system refused: `problem` says what was tried and the system's reason.
    case file(path: String, problem: String)
    /// A download that should be a zip with one member and is not; `reason` says what was seen.
    case archive(address: String, reason: String)
    /// The program that speaks HTTP for this one cannot be run.
    case helper(path: String, reason: String)
    /// The user stopped it; `kept` bytes of the file are on the disk.
    case stopped(kept: Int)
}

extension CorpusError: CustomStringConvertible {
    /// One line: what happened, and what to do.
    public var description: String {
        switch self {
        case .unknownName(let name, let known):
            "there is no corpus \(name); there are \(known.joined(separator: ", "))"
        case .address(let address, let reason): "\(address): \(reason)"
        case .refused(let address, let answer):
            "\(address): the server answers \(answer); give another address with --from"
        case .connection(let address, let reason, let kept):
            "\(address): \(reason); "
                + (kept > 0 ? Self.goesOn(kept) : "try again, or give another address with --from")
        case .size(let address, let expected, let found):
            "\(address): the file there has \(found.map { "\($0) bytes instead of" } ?? "more bytes than") "
                + "\(expected.map { "\($0)" }.joined(separator: " or ")); it is another one, give another address with --from"
        case .hash(let address, let expected, let found):
            "\(address): the SHA-256 is \(found), expected is \(expected); nothing is kept, give another address with --from"
        case .occupied(let path, let byteCount, let sha256):
            "\(path): there is another file (\(byteCount) bytes, SHA-256 \(sha256)); name another place with --out, "
                + "or replace it with --force"
        case .busy(let path): "\(path): another process is fetching it; wait for it, or name another place with --out"
        case .file(let path, let problem): "\(path): \(problem)"
        case .archive(let address, let reason):
            "\(address): \(reason); nothing is kept, give another address with --from"
        case .helper(let path, let reason):
            "\(path): cannot be run: \(reason); put the program runic-fetch beside runic, or give a file: address with --from"
        case .stopped(let kept): "stopped; " + Self.goesOn(kept)
        }
    }

    private static func goesOn(_ kept: Int) -> String {
        "the same command goes on from byte \(kept)"
    }
}
