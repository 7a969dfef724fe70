public import Foundation
internal import RunicFiles

/// The lines typed in earlier sessions, one a line, UTF-8, in a file that only its owner can read.
///
/// A file that is absent or cannot be used is not an error: the history is empty then. A symbolic link is not followed: what
/// is typed goes to no other file, whose permissions are not changed either.
public struct HistoryFile: Sendable {
    /// The most lines kept.
    public static let lineLimit = 1000
    /// The most bytes of a line kept; longer lines are dropped.
    public static let lineSizeLimit = 16_384

    /// A file above this size, in bytes, is reduced to its last lines.
    private static let sizeLimit = 1 << 20
    /// The most bytes that are read, from the end of the file: room for as many lines as are kept, each as long as can be.
    private static let readLimit = lineLimit * (lineSizeLimit + 1)

    /// The file.
    public let url: URL

    /// Creates a history in a file; its folder is made with mode 0700 when the first line is written.
    public init(url: URL) {
        self.url = url
    }

    /// The user's history: `$XDG_STATE_HOME/runic/history`, or `~/.local/state/runic/history`; nil if there is no home folder.
    public static func standard(environment: [String: String] = ProcessInfo.processInfo.environment) -> HistoryFile? {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            return HistoryFile(url: URL(fileURLWithPath: state).appendingPathComponent("runic/history"))
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return HistoryFile(url: URL(fileURLWithPath: home).appendingPathComponent(".local/state/runic/history"))
    }

    /// The last lines, oldest first; a file that has grown too large is reduced to them.
    public func lines() -> [String] {
        guard let (bytes, byteCount) = try? lastBytes() else { return [] }
        if byteCount > Self.sizeLimit { reduce() }
        return Self.lines(of: bytes).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Adds a line.
    public func append(_ line: String) {
        try? Folder.make(url.deletingLastPathComponent().path, permissions: 0o700)
        guard let file = try? locked() else { return }
        try? file.write(Array(line.utf8) + [UInt8(ascii: "\n")])
    }

    /// The lines of bytes that are kept.
    private static func lines(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        bytes.split(separator: UInt8(ascii: "\n")).suffix(lineLimit)
            .filter { $0.count <= lineSizeLimit && !$0.contains(0) }
    }

    /// The file, opened for writing at its end, locked against other sessions: none replaces it, so that no line goes to a file
    /// that is there no more. Without the lock where another session keeps it: a line late is better than none.
    private func locked() throws(FileError) -> OpenFile? {
        var tries = 100
        while true {
            let file = try OpenFile(url.path, for: .appending, permissions: 0o600, followsLinks: false)
            guard try file.status().kind == .file else { return nil }
            let isLocked = file.lock()
            tries -= 1
            if isLocked && file.isStillAtPath || tries == 0 {
                // A file that is there already may be open to others.
                try file.setPermissions(0o600)
                return file
            }
            if !isLocked { usleep(10_000) }
        }
    }

    /// The last bytes of the file, from the beginning of a line, and the size of the whole.
    private func lastBytes() throws(FileError) -> (bytes: ArraySlice<UInt8>, byteCount: Int) {
        let file = try OpenFile(url.path, for: .reading, followsLinks: false)
        let byteCount = try file.byteCount()
        let start = max(0, byteCount - Self.readLimit)
        try file.seek(to: start)
        var bytes: [UInt8] = []
        while bytes.count < Self.readLimit {
            let next = try file.read(limit: Self.readLimit - bytes.count)
            guard !next.isEmpty else { break }
            bytes += next
        }
        return (start == 0 ? bytes[...] : bytes.drop { $0 != UInt8(ascii: "\n") }, byteCount)
    }

    /// Replaces the file by its last lines, in one step: another session sees the old lines or the new.
    private func reduce() {
        let temporary = url.path + ".new"
        do throws(FileError) {
            let lock = try locked()
            // What another session has added, or left of the file, since it was read.
            let (bytes, byteCount) = try lastBytes()
            let kept = [UInt8](Self.lines(of: bytes).joined(separator: [10])) + [10]
            guard lock != nil, kept.count < byteCount else { return }
            try FilePath.remove(temporary)
            let file = try OpenFile(temporary, for: .creating, permissions: 0o600, followsLinks: false)
            try file.write(kept)
            try FilePath.rename(temporary, to: url.path)
            // The lock ends with the file, which no other session may take for the history before.
            withExtendedLifetime(lock) {}
        } catch {
            try? FilePath.remove(temporary)
        }
    }
}
