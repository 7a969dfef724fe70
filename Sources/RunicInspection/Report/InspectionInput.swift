internal import RunicFiles
internal import RunicText

/// Files that can be read twice: standard input is copied to a file without a name first.
///
/// The copy vanishes with the value, or with the process however it ends.
struct InspectionInput: Sendable {
    let source: TextSource
    private let copy: OpenFile?

    /// - Parameters:
    ///   - readsBytes: whether files that are named are read whatever their format is.
    ///   - folder: where the copy lies; nil: `TMPDIR`, or `/var/tmp`.
    /// - Throws: `TextError` if a file or standard input cannot be read, or the copy cannot be written.
    init(
        paths: [String], filter: FileFilter = FileFilter(), readsBytes: Bool = false,
        standardInput: Descriptor = .standardInput,
        folder: String? = nil
    ) throws(TextError) {
        guard paths.contains(TextFile.standardInputPath) else {
            copy = nil
            source = try TextSource(readableOf: paths, filter: filter, readsBytes: readsBytes)
            return
        }
        let copy: OpenFile
        guard !standardInput.isEndless else {
            throw .unreadable(path: TextFile.standardInputPath, reason: FileReader.endless)
        }
        do throws(FileError) {
            copy = try Self.copy(of: standardInput, in: folder)
        } catch {
            throw .unreadable(
                path: TextFile.standardInputPath, reason: "it cannot be copied to \(error.path): \(error.reason)")
        }
        self.copy = copy
        source = try TextSource(
            readableOf: paths.map { $0 == TextFile.standardInputPath ? copy.pathInProcess : $0 }, filter: filter,
            readsBytes: readsBytes)
    }

    /// The name of a file in reports.
    func name(of path: String) -> String { path == copy?.pathInProcess ? TextFile.standardInputPath : path }

    /// An error of reading the source, with standard input in place of its copy.
    func named(_ error: TextError) -> TextError {
        guard let copy = copy?.pathInProcess else { return error }
        func name(_ path: String) -> String {
            path == copy ? TextFile.standardInputPath : path.replacing(copy, with: "standard input")
        }
        return switch error {
        case .invalidByte(let path, let offset, let bytes, let encoding, let advice):
            .invalidByte(path: name(path), offset: offset, bytes: bytes, encoding: encoding, advice: advice)
        case .badBytes(let path, let count, let offset, let bytes, let sequences, let other):
            .badBytes(
                path: name(path), count: count, offset: offset, bytes: bytes, sequences: sequences, other: other)
        case .mixedEncodings(let path, let offset, let beginning, let rest):
            .mixedEncodings(path: name(path), offset: offset, beginning: beginning, rest: rest)
        case .unknownEncoding(let path, let guesses): .unknownEncoding(path: name(path), guesses: guesses)
        case .notText(let path, let format): .notText(path: name(path), format: format)
        case .unreadable(let path, let reason): .unreadable(path: name(path), reason: reason)
        case .emptyText(let path): .emptyText(path: name(path))
        case .pluginStage(let path, let stage, let text, let reason):
            .pluginStage(path: path, stage: stage, text: text.map(name), reason: reason)
        case .stageFailed(let stage, let path, let reason):
            .stageFailed(name: stage, path: name(path), reason: reason)
        default: error
        }
    }

    private static func copy(of input: Descriptor, in folder: String?) throws(FileError) -> OpenFile {
        let copy = try OpenFile.nameless(in: folder)
        // A pipe may never end, and others need the disk, too.
        var rest = try copy.freeBytes() / 2
        while true {
            let bytes: [UInt8]
            do throws(SystemError) {
                bytes = try input.read(limit: 1 << 20)
            } catch {
                if error.isInterruption { continue }
                throw FileError(path: copy.path, action: "standard input cannot be read", error)
            }
            guard !bytes.isEmpty else { return copy }
            rest -= bytes.count
            guard rest >= 0 else {
                throw FileError(
                    path: copy.path, problem: "it takes more than half of what is free there; give a file instead")
            }
            try copy.write(bytes)
        }
    }
}
