public import Foundation
internal import RunicFiles

/// The lines typed in earlier sessions, one a line, UTF-8, in a file that only its owner can read.
///
/// A file that is absent or cannot be used is not an error: the history is empty then.
public struct HistoryFile: Sendable {
    /// The most lines kept.
    public static let lineLimit = 1000
    /// The most bytes of a line kept; longer lines are dropped.
    public static let lineSizeLimit = 16_384

    private static let sizeLimit = 1 << 20

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
        guard let data = try? Data(contentsOf: url) else { return [] }
        let lines = data.split(separator: UInt8(ascii: "\n")).suffix(Self.lineLimit)
            .filter { $0.count <= Self.lineSizeLimit && !$0.contains(0) }
        if data.count > Self.sizeLimit { rewrite([UInt8](lines.joined(separator: [10])) + [10]) }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Adds a line.
    public func append(_ line: String) {
        try? Folder.make(url.deletingLastPathComponent().path, permissions: 0o700)
        try? Self.append(Array(line.utf8) + [UInt8(ascii: "\n")], to: url.path)
    }

    private func rewrite(_ bytes: [UInt8]) {
        let temporary = url.path + ".new"
        do throws(FileError) {
            try FilePath.remove(temporary)
            try Self.append(bytes, to: temporary)
            try FilePath.rename(temporary, to: url.path)
        } catch {
            try? FilePath.remove(temporary)
        }
    }

    private static func append(_ bytes: [UInt8], to path: String) throws(FileError) {
        let file = try OpenFile(path, for: .appending, permissions: 0o600)
        // A file that is there already may be open to others.
        try file.setPermissions(0o600)
        try file.write(bytes)
    }
}
