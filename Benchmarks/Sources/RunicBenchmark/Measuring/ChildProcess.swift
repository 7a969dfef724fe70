import Foundation

/// A program that is run to its end; it shares our standard error.
struct ChildProcess {
    /// A path, or a name that is looked up in `PATH`.
    let program: String
    let arguments: [String]

    /// Its standard output.
    ///
    /// - Throws: ``Failure``, or Foundation's error if it cannot be started.
    func output() throws -> Data {
        let (process, output) = try start()
        let data = try output.readToEnd() ?? Data()
        try finish(process)
        return data
    }

    /// Seconds from before its start to the first byte on its standard output.
    ///
    /// - Throws: ``Failure``, also if it wrote nothing; Foundation's error if it cannot be started.
    func secondsToFirstByte() throws -> Double {
        let clock = ContinuousClock()
        let began = clock.now
        let (process, output) = try start()
        let first = try output.read(upToCount: 1)
        let passed = (began.duration(to: clock.now)) / .seconds(1)
        _ = try output.readToEnd()
        try finish(process)
        guard first?.isEmpty == false else { throw Failure(description: "\(program) wrote nothing") }
        return passed
    }

    private func start() throws -> (Process, FileHandle) {
        let process = Process(), output = Pipe()
        let isPath = program.contains("/")
        process.executableURL = URL(fileURLWithPath: isPath ? program : "/usr/bin/env")
        process.arguments = (isPath ? [] : [program]) + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
        return (process, output.fileHandleForReading)
    }

    private func finish(_ process: Process) throws {
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(program) ended with status \(process.terminationStatus)")
        }
    }

    /// Why the program failed.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
