internal import Foundation
package import RunicTraining

/// `log.jsonl`: a line is added at a time; a checkpoint knows how long the log was, and a resumed run cuts it there.
extension RunFolder {
    /// Takes away the log of a run that never came to its first checkpoint.
    package func removeLog() throws(TrainingError) {
        guard FileManager.default.fileExists(atPath: logPath) else { return }
        do {
            try FileManager.default.removeItem(atPath: logPath)
        } catch {
            throw .folder(path: logPath, reason: "cannot be taken away: \(SystemFolder.reason(error))")
        }
    }

    /// Adds a line.
    package func append(_ record: TrainingRecord) throws(TrainingError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            let line = try encoder.encode(record) + Data("\n".utf8)
            if !FileManager.default.fileExists(atPath: logPath) {
                try line.write(to: URL(fileURLWithPath: logPath))
            } else {
                try withLog { log in
                    try log.seekToEnd()
                    try log.write(contentsOf: line)
                }
            }
        } catch {
            throw .folder(path: logPath, reason: "cannot be written: \(SystemFolder.reason(error))")
        }
    }

    /// Brings the log to the disk and returns its length in bytes.
    package func syncLog() throws(TrainingError) -> Int {
        guard FileManager.default.fileExists(atPath: logPath) else { return 0 }
        do {
            return try withLog { log in
                try log.synchronize()
                return Int(try log.seekToEnd())
            }
        } catch {
            throw .folder(path: logPath, reason: "cannot be synced to disk: \(SystemFolder.reason(error))")
        }
    }

    /// Cuts the log to what it was at a checkpoint: what a killed run wrote after that is written again.
    ///
    /// - Returns: whether there was as much of it as at the checkpoint.
    package func cutLog(toBytes length: Int) throws(TrainingError) -> Bool {
        guard FileManager.default.fileExists(atPath: logPath) else { return length == 0 }
        do {
            return try withLog { log in
                guard try log.seekToEnd() >= length else { return false }
                try log.truncate(atOffset: UInt64(length))
                return true
            }
        } catch {
            throw .folder(path: logPath, reason: "cannot be written: \(SystemFolder.reason(error))")
        }
    }

    private func withLog<Result>(_ body: (FileHandle) throws -> Result) throws -> Result {
        let log = try FileHandle(forWritingTo: URL(fileURLWithPath: logPath))
        defer { try? log.close() }
        return try body(log)
    }
}
