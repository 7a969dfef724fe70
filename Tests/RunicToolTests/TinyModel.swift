import Foundation
import Synchronization
import Testing

/// A run of a moment, made once and shared by all tests that need a model.
enum TinyModel {
    /// What is left of the run.
    struct Run: Sendable {
        let text: String
        let folder: String
        let outcome: (status: Int32, output: String, errors: String)

        var model: String { folder + "/best.runic" }
    }

    /// Options of a model that is trained in well under a second.
    static let options = [
        "--layers", "1", "--hidden", "16", "--batch", "4", "--sequence", "32", "--threads", "1", "--learning-rate",
        "1e-2", "--warm-up", "10", "--precision", "f32",
    ]

    /// Some 18,000 symbols, no two lines the same.
    static let sentences: String = (0..<600)
        .map { "Line \($0). The \($0 % 3 == 0 ? "heron" : "otter") has \($0 * 7 % 101) eels.\n" }.joined()

    private static let made = Mutex<Result<Run, any Error>?>(nil)

    /// The run, trained by the first who asks.
    static func run() throws -> Run {
        try made.withLock { made in
            if let made { return try made.get() }
            let result = Result { try train() }
            made = result
            return try result.get()
        }
    }

    /// A folder of this process, gone with it.
    private static let place = FileManager.default.temporaryDirectory
        .appendingPathComponent("runic-tool-tiny-\(ProcessInfo.processInfo.processIdentifier)").path

    private static func train() throws -> Run {
        atexit { try? FileManager.default.removeItem(atPath: TinyModel.place) }
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let text = place + "/text.txt"
        try Data(sentences.utf8).write(to: URL(fileURLWithPath: text))
        let outcome = try Tool.run(["train", text, "--out", place + "/run", "--epochs", "4"] + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return Run(
            text: text, folder: place + "/run", outcome: (outcome.status, outcome.text, outcome.errors))
    }
}
