internal import RunicDisplay
package import RunicFiles

/// Why an archive could not be read, written or understood; the description is one line for the user.
public enum ArchiveError: Error, Equatable, Sendable {
    /// Which bytes an offset counts: those of the file, or those of the safetensors content inside the LZ4 frame.
    public enum Layer: Equatable, Sendable {
        /// The compressed file on disk.
        case file
        /// The safetensors content, as `lz4 -dc` prints it.
        case content
    }

    /// The system refused; `problem` is what failed, the system's reason and what to do.
    case file(path: String, problem: String)
    /// The bytes do not begin with an LZ4 frame; `reason` says what was found instead.
    case notAnArchive(path: String, reason: String)
    /// The bytes break the format at `offset` (in bytes, from zero) of `layer`.
    case damaged(path: String, layer: Layer, offset: Int, reason: String)
    /// The archive needs `byteCount` bytes of memory, which is more than the `limit` its reader allows.
    case tooLarge(path: String, byteCount: UInt64, limit: Int)
    /// The value of one `__metadata__` key is missing or wrong.
    case metadata(path: String, key: String, reason: String)
    /// The archive was written in format `found`, newer than this library's `supported`.
    case newerFormat(path: String, found: Int, supported: Int)
    /// A tensor is missing, or has another shape, type or content than needed.
    case tensor(path: String, name: String, reason: String)
}

extension ArchiveError {
    /// The error of a tensor whose element at `index` is infinite, not a number, or too large for float32.
    package static func nonFinite(path: String, name: String, index: Int) -> ArchiveError {
        .tensor(
            path: path, name: name,
            reason: "element \(index) is not a finite number; train again, or use an earlier checkpoint")
    }
}

extension ArchiveError: WrapsFileError {
    package init(_ error: FileError) { self = .file(path: error.path, problem: error.problem) }
}

extension ArchiveError: CustomStringConvertible {
    /// One line: the file, where in it, what is wrong, what to do.
    public var description: String {
        let line =
            switch self {
            case .file(let path, let problem):
                "\(path): \(problem)"
            case .notAnArchive(let path, let reason):
                "\(path) is not a Runic archive: \(reason)"
            case .damaged(let path, .file, let offset, let reason):
                "\(path): byte \(offset): \(reason)"
            case .damaged(let path, .content, let offset, let reason):
                "\(path): byte \(offset) of the unpacked content: \(reason)"
            case .tooLarge(let path, let byteCount, let limit):
                "\(path): needs \(byteCount) bytes, the limit is \(limit); raise the limit if the file can be trusted"
            case .metadata(let path, let key, let reason):
                "\(path): metadata key '\(key)': \(reason)"
            case .newerFormat(let path, let found, let supported):
                "\(path): format \(found) is newer than format \(supported), the newest that this version reads; update Runic"
            case .tensor(let path, let name, let reason):
                "\(path): tensor '\(name)': \(reason)"
            }
        return line.printable
    }
}
