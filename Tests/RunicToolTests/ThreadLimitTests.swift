import Foundation
import RunicTesting
import Testing

@Suite("A system that gives no more threads")
struct ThreadLimitTests {
    private let tiny: TinyModel.Run
    private let folder: TemporaryFolder

    init() throws {
        tiny = try TinyModel.run()
        folder = try TemporaryFolder()
    }

    /// Runs a command, as nobody if this is root, for whom there is no limit.
    private static func run(limited command: [String]) throws -> Tool.Outcome {
        guard getuid() == 0 else { return try Tool.run(Tool.program(command[0]), Array(command.dropFirst())) }
        return try Tool.run(
            Tool.program("setpriv"), ["--reuid", "65534", "--regid", "65534", "--clear-groups"] + command)
    }

    /// Whether that user reaches the program and the temporary folder: either may lie in a private one.
    static let canLimit: Bool = {
        let outcome = try? run(
            limited: [
                "sh", "-c", #""$0" --version && test -x "$1""#, Tool.path, FileManager.default.temporaryDirectory.path,
            ])
        return outcome?.status == 0
    }()

    /// Runs `runic` as a user who may have one process.
    private func run(_ arguments: [String]) throws -> Tool.Outcome {
        try Self.run(limited: ["prlimit", "--nproc=1", Tool.path] + arguments)
    }

    @Test("changes nothing in what a model writes, measures and reports", .enabled(if: canLimit))
    func oneThread() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tiny.folder)
        for arguments in [
            ["sample", tiny.model, "--prompt", "The ", "--length", "40", "--seed", "3", "--threads", "4"],
            ["evaluate", tiny.model, tiny.text, "--threads", "4"],
        ] {
            let (limited, free) = (try run(arguments), try Tool.run(arguments))
            #expect(limited.status == 0, "\(arguments): \(limited.errors)")
            #expect(limited.output == free.output && limited.errors == free.errors, "\(arguments)")
        }
        let report = try run(["text", tiny.text, "--no-estimate"])
        #expect(report.status == 0 && !report.text.isEmpty, "\(report.errors)")
    }

    @Test("does not keep a model from being trained", .enabled(if: canLimit))
    func training() throws {
        let shared = try folder.folder("shared")
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: shared)
        let outcome = try run(
            ["train", tiny.text, "--out", shared + "/run", "--epochs", "1"]
                + TinyModel.options.replacing(
                    ["--threads", "1"], with: ["--threads", "4"]))
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
