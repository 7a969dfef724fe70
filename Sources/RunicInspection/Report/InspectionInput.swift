internal import Foundation
internal import RunicText

/// Files that can be read twice: standard input is copied to a file first.
struct InspectionInput: Sendable {
    let source: TextSource
    private let spool: String?

    /// - Throws: `TextError` where a file or standard input cannot be read, or the copy not be written.
    init(paths: [String]) throws(TextError) {
        guard paths.contains(TextFile.standardInputPath) else {
            spool = nil
            source = try TextSource(paths: paths)
            return
        }
        let path = NSTemporaryDirectory() + "runic-\(UUID().uuidString).txt"
        spool = path
        do {
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            while let data = try FileHandle.standardInput.read(upToCount: 1 << 20), !data.isEmpty {
                try file.write(contentsOf: data)
            }
            try file.close()
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw .unreadable(
                path: TextFile.standardInputPath, reason: "it cannot be copied to \(NSTemporaryDirectory())")
        }
        do {
            source = try TextSource(paths: paths.map { $0 == TextFile.standardInputPath ? path : $0 })
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
    }

    /// The name of a file in reports.
    func name(of path: String) -> String { path == spool ? TextFile.standardInputPath : path }

    /// Removes the copy of standard input.
    func remove() { if let spool { try? FileManager.default.removeItem(atPath: spool) } }
}
