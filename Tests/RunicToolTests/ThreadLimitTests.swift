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

    /// Runs `runic` as a user who may have one process; root, for whom there is no such limit, as nobody.
    private func run(_ arguments: [String]) throws -> Tool.Outcome {
        let limited = ["prlimit", "--nproc=1", Tool.path] + arguments
        let isRoot = getuid() == 0
        return try Tool.run(
            Tool.program(isRoot ? "setpriv" : "prlimit"),
            isRoot
                ? ["--reuid", "65534", "--regid", "65534", "--clear-groups"] + limited : Array(limited.dropFirst()))
    }

    @Test("changes nothing in what a model writes, measures and reports")
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

    @Test("does not keep a model from being trained")
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
