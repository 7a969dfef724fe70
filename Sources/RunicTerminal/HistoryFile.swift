public import Foundation

/// The typed lines of earlier sessions: one a line, UTF-8, in a file that only its owner can read.
///
/// A file that is absent or cannot be used is no error: there is just no history.
public struct HistoryFile: Sendable {
    /// The number of lines that are kept.
    public static let lineLimit = 1000
    /// The most bytes of a line that is kept.
    public static let lineSizeLimit = 16_384

    private static let sizeLimit = 1 << 20

    /// Where the lines are.
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

    /// The last lines, oldest first; a file that has grown large is cut down to them.
    public func lines() -> [String] {
        guard let data = try? Data(contentsOf: url) else { return [] }
        let lines = data.split(separator: UInt8(ascii: "\n")).suffix(Self.lineLimit)
            .filter { $0.count <= Self.lineSizeLimit && !$0.contains(0) }
        if data.count > Self.sizeLimit { rewrite(Data(lines.joined(separator: [UInt8(ascii: "\n")])) + [10]) }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Adds a line.
    public func append(_ line: String) {
        let folder = url.deletingLastPathComponent()
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard let file = Descriptor(appendingTo: url.path) else { return }
        _ = file.write(Array(line.utf8) + [UInt8(ascii: "\n")])
        file.close()
    }

    private func rewrite(_ data: Data) {
        let temporary = url.appendingPathExtension("new")
        try? FileManager.default.removeItem(at: temporary)
        guard let file = Descriptor(appendingTo: temporary.path) else { return }
        let isWritten = file.write(Array(data))
        file.close()
        if isWritten {
            _ = try? FileManager.default.replaceItemAt(url, withItemAt: temporary)
        } else {
            try? FileManager.default.removeItem(at: temporary)
        }
    }
}
