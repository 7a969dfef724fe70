internal import Foundation
internal import RunicFiles
package import RunicTraining

/// `log.jsonl`: one line is added at a time; a checkpoint holds the log's length, and a resumed run truncates the log there.
extension RunFolder {
    /// Removes the log of a run that ended before its first checkpoint.
    package func removeLog() throws(TrainingError) {
        try TrainingError.wrapping(FilePath.remove(logPath))
    }

    /// Adds a line.
    package func append(_ record: TrainingRecord) throws(TrainingError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let line: [UInt8]
        do {
            line = [UInt8](try encoder.encode(record)) + [UInt8(ascii: "\n")]
        } catch {
            throw .folder(path: logPath, reason: "a line cannot be written: \(error)")
        }
        try TrainingError.wrappingErrors { () throws(FileError) in
            try OpenFile(logPath, for: .appending, permissions: 0o666).write(line)
        }
    }

    /// Brings the log to the disk.
    ///
    /// - Returns: its length in bytes; 0 without a log.
    package func syncLog() throws(TrainingError) -> Int {
        guard FilePath.kind(logPath) != nil else { return 0 }
        return try TrainingError.wrappingErrors { () throws(FileError) in
            let log = try OpenFile(logPath, for: .updating)
            try log.sync()
            return try log.byteCount()
        }
    }

    /// Truncates the log to its length at a checkpoint: a resumed run writes the lines after that again.
    ///
    /// - Returns: false if the log is shorter than that.
    package func cutLog(toBytes length: Int) throws(TrainingError) -> Bool {
        guard FilePath.kind(logPath) != nil else { return length == 0 }
        return try TrainingError.wrappingErrors { () throws(FileError) in
            let log = try OpenFile(logPath, for: .updating)
            guard try log.byteCount() >= length else { return false }
            try log.truncate(to: length)
            return true
        }
    }
}
