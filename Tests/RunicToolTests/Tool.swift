import Foundation
import Testing

/// The built `runic`, run as a process of its own.
enum Tool {
    /// The status and output of a process that has ended.
    struct Outcome {
        let status: Int32
        let output: [UInt8]
        let errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
        var lines: [Substring] { text.split(separator: "\n") }
        var errorLines: [Substring] { errors.split(separator: "\n") }

        /// Standard output as one JSON object.
        func object() throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(output)) as? [String: Any])
        }
    }

    /// The product `runic`, which is next to the test bundle.
    static let path: String = {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
        let folder = bundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
        return folder.appendingPathComponent("runic").path
    }()

    /// The path of another program on the search path.
    static func program(_ name: String) throws -> String {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        return try #require(path, "the program \(name) is missing; install the package \(name)")
    }

    /// Runs `runic` to its end.
    static func run(_ arguments: [String], input: [UInt8] = []) throws -> Outcome {
        try run(path, arguments, input: input)
    }

    /// Runs a program to its end.
    static func run(_ path: String, _ arguments: [String], input: [UInt8] = []) throws -> Outcome {
        try RunningTool(path, arguments, input: input).finish()
    }

    /// Expects a failure as users should see it: one line that begins with `runic: ` and says `words`, and no result.
    static func expectFailure(
        _ arguments: [String], status: Int32, saying words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try run(arguments)
        #expect(outcome.status == status, "\(arguments)", sourceLocation: sourceLocation)
        #expect(outcome.text == "", "\(arguments)", sourceLocation: sourceLocation)
        #expect(
            outcome.errors.hasPrefix("runic: ") && outcome.errors.hasSuffix("\n") && outcome.errorLines.count == 1,
            "\(arguments): \(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.errors.contains(words), "\(arguments): \(outcome.errors)", sourceLocation: sourceLocation)
    }
}
