import RunicTesting
import Foundation
import Testing

/// `corpus_server.py`, at work for one test.
final class CorpusServer {
    /// The files that it serves.
    let folder: TemporaryFolder
    private let process = Process()
    private let input = Pipe()
    private let port: String

    /// Starts the server.
    init() throws {
        folder = try TemporaryFolder()
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("corpus_server.py").path
        process.executableURL = URL(fileURLWithPath: try Tool.program("python3"))
        process.arguments = [script, folder.path]
        process.standardInput = input
        try process.run()
        let deadline = Date() + 60
        while !FileManager.default.fileExists(atPath: folder.file("port")), process.isRunning, Date() < deadline {
            Thread.sleep(forTimeInterval: 0.02)
        }
        port = String(decoding: try folder.read("port"), as: UTF8.self)
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.terminate()
    }

    /// The address of a file under options of the server.
    func address(_ options: String, _ name: String) -> String {
        "http://127.0.0.1:\(port)/\(options)/\(name)"
    }

    /// The requests so far: the header fields in lower case, and `path`.
    func requests() throws -> [[String: String]] {
        guard FileManager.default.fileExists(atPath: folder.file("requests")) else { return [] }
        return try String(decoding: folder.read("requests"), as: UTF8.self).split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        }
    }
}
