import RunicTesting
import Foundation
import RunicKernels
import Testing

/// Real processes, ended by SIGKILL at moments that a generator chooses, and taken up again.
@Suite("A run that is killed")
struct KillTests {
    private let folder: TemporaryFolder
    private let tiny: TinyModel.Run

    init() throws {
        folder = try TemporaryFolder()
        tiny = try TinyModel.run()
    }

    /// Checkpoints at every tenth update, so that many kills meet one that is being written.
    private static let options =
        TinyModel.options + ["--validate-every", "10", "--checkpoint-every", "0s"]

    @Test(
        "Killed at any moment and resumed, a run ends with the bytes of one that never was",
        arguments: [
            (["--cell", "lstm", "--epochs", "8"], 10, 1),
            (["--cell", "gru", "--epochs", "8", "--dropout", "0.3"], 10, 2),
            // So little to train on that the best model comes early.
            (["--cell", "lstm", "--epochs", "150", "--split", "0.04,0.9,0.06"], 6, 3),
            (["--cell", "rnn", "--epochs", "8", "--dropout", "0.1", "--split", "1,0,0"], 4, 4),
            // Everything that has a state or a random stream of its own.
            (
                [
                    "--cell", "lstm:peephole", "--epochs", "8", "--ema", "0.9", "--schedule", "plateau", "--patience",
                    "1",
                    "--random-lengths", "--document-separator", #"\n"#, "--learn-initial-state", "--weight-drop", "0.2",
                    "--recurrent-dropout", "0.1", "--zoneout-hidden", "0.1", "--zoneout-cell", "0.1",
                    "--output-dropout", "0.1", "--variational", "--layer-norm", "--residual",
                ], 6, 5
            ),
            (
                [
                    "--cell", "mgu", "--epochs", "8", "--optimizer", "nt-asgd", "--learning-rate", "1", "--patience",
                    "1",
                ], 4, 6
            ),
        ] as [([String], Int, UInt64)])
    func killed(options: [String], kills: Int, seed: UInt64) throws {
        let command = ["train", tiny.text] + Self.options + options
        let whole = try Tool.run(command + ["--out", folder.file("whole")])
        try #require(whole.status == 0, "\(whole.errors)")
        let expected = try RunFiles(folder.file("whole"))
        #expect(expected.log.count > 70)

        var generator = SplitMix64(seed: seed)
        var (done, runs) = (0, 0)
        while done < kills {
            let run = folder.file("cut-\(runs)")
            done += try train(command, out: run, kills: kills - done, &generator)
            try RunFiles.expectSame(run, expected)
            let names = try FileManager.default.contentsOfDirectory(atPath: run)
            #expect(!names.contains { $0.hasSuffix(".tmp") }, "\(names)")
            runs += 1
        }
    }

    /// Trains to the end with some kills on the way and returns how many there were.
    private func train(
        _ command: [String], out: String, kills: Int, _ generator: inout SplitMix64
    ) throws -> Int {
        var killed = 0
        while true {
            let isResumable =
                FileManager.default.fileExists(atPath: out + "/resume.runic")
                || FileManager.default.fileExists(atPath: out + "/resume-previous.runic")
            let running = try RunningTool(
                Tool.path, isResumable ? ["train", "--resume", out] : command + ["--out", out])
            if killed < kills {
                // Every third kill comes while the process starts; the others some time after it wrote a line.
                if generator.next() % 3 > 0 { waitForALine(running, out) }
                usleep(UInt32(generator.next() % 50_000))
                // Now and then a run is asked to end: it saves wherever it is.
                running.send(generator.next() % 4 == 0 ? SIGTERM : SIGKILL)
            }
            let outcome = try running.finish()
            switch outcome.status {
            case 0 where outcome.errors.contains("finished after"): return killed
            case 0, -SIGTERM: break
            default:
                try #require(outcome.status == -SIGKILL, "\(outcome.errors)")
                killed += 1
            }
        }
    }

    private func waitForALine(_ running: RunningTool, _ out: String) {
        func size() -> Int {
            let attributes = try? FileManager.default.attributesOfItem(atPath: out + "/log.jsonl")
            return attributes?[.size] as? Int ?? 0
        }
        let before = size()
        // A resumed run first cuts the log, then adds to it.
        while running.isRunning, size() <= before { usleep(1_000) }
    }
}
