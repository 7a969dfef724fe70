import Foundation

/// Another program, run to its end.
enum Program {
    struct Result {
        let status: Int32
        let output: [UInt8]
    }

    /// The path of a program that the environment variable `variable` names, or else the search path has.
    static func find(_ name: String, variable: String? = nil) -> String? {
        let environment = ProcessInfo.processInfo.environment
        if let variable, let path = environment[variable] { return path }
        return (environment["PATH"] ?? "").split(separator: ":")
            .map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program and returns its standard output.
    static func run(_ path: String, _ arguments: [String]) throws -> Result {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: bytes)
    }

    /// A Python that has the `safetensors` package, if there is one.
    static let python: String? = {
        guard let python = find("python3", variable: "RUNIC_PYTHON"),
            let result = try? run(python, ["-c", "import safetensors.numpy"]), result.status == 0
        else { return nil }
        return python
    }()
}
