import RunicTesting
import Foundation
import Glibc
import Testing

/// A process at work, its streams in files so that no pipe can fill up.
final class RunningTool {
    private let process = Process()
    private let folder: TemporaryFolder
    private let ended = DispatchSemaphore(value: 0)

    /// Starts a program.
    init(_ path: String, _ arguments: [String], input: [UInt8] = []) throws {
        folder = try TemporaryFolder()
        for (name, bytes) in [("input", input), ("output", []), ("errors", [])] {
            _ = try folder.write(bytes, to: name)
        }
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.file("input")))
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("output")))
        let errors = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("errors")))
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
        process.terminationHandler = { [ended] _ in ended.signal() }
        try process.run()
        // The child has its own: left open here, they would add up over hundreds of processes.
        for handle in [input, output, errors] { try handle.close() }
    }

    /// Sends a signal.
    func send(_ signal: Int32) { _ = kill(process.processIdentifier, signal) }

    var isRunning: Bool { process.isRunning }

    /// Waits for the end; a process that hangs is ended after two minutes and fails the test.
    func finish() throws -> Tool.Outcome {
        if ended.wait(timeout: .now() + 120) == .timedOut {
            process.terminate()
            Issue.record("\(process.arguments ?? []) did not end within two minutes")
            ended.wait()
        }
        return Tool.Outcome(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: try folder.read("output"), errors: String(decoding: try folder.read("errors"), as: UTF8.self))
    }

    /// A training that was stopped by a signal after its first validation.
    ///
    /// On a busy machine a short run can end before the signal reaches it. It is then started again.
    static func interrupted(_ options: [String], out: String, signal: Int32) throws -> Tool.Outcome {
        for _ in 0..<10 {
            let running = try RunningTool(Tool.path, options + ["--out", out])
            while running.isRunning, !FileManager.default.fileExists(atPath: out + "/log.jsonl") {
                usleep(2_000)
            }
            running.send(signal)
            let outcome = try running.finish()
            if outcome.status != 0 || outcome.errors.contains("interrupted after") { return outcome }
            try FileManager.default.removeItem(atPath: out)
        }
        Issue.record("ten runs ended before they could be stopped")
        throw CancellationError()
    }
}
