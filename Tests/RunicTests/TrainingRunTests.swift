import RunicTesting
import Foundation
import Runic
import Testing

@Suite("A training run in its folder")
struct TrainingRunTests {
    private let scratch: TemporaryFolder
    private let options: TrainingOptions

    init() throws {
        scratch = try TemporaryFolder()
        options = tinyOptions(try scratch.write(nursery, to: "text.txt"))
    }

    private func tensors(_ path: String) throws -> [[Float]] {
        try Archive.read(path: path).tensors.map { try $0.floats() }
    }

    @Test("a run that is stopped and resumed ends with the bytes of one that never was", arguments: [1, 13, 47])
    func resumes(stop: Int) throws {
        let whole = scratch.path + "/whole", cut = scratch.path + "/cut-\(stop)"
        let summary = try TrainingRun(options: options, out: whole).run()
        var asked = 0
        let first = try TrainingRun(options: options, out: cut).run(shouldStop: {
            asked += 1
            return asked == stop
        })
        #expect(first.end == .interrupted)
        #expect(first.steps == stop)
        let second = try TrainingRun(resuming: cut).run()
        #expect(second.end == .finished)
        #expect(second.steps == summary.steps)
        #expect(try tensors(cut + "/last.runic") == tensors(whole + "/last.runic"))
        #expect(try tensors(cut + "/best.runic") == tensors(whole + "/best.runic"))
    }

    @Test("the folder holds what the contract names, and every log line has its keys")
    func folder() throws {
        let path = scratch.path + "/run"
        _ = try TrainingRun(options: options, out: path).run()
        for name in ["settings.json", "log.jsonl", "best.runic", "last.runic"] {
            #expect(FileManager.default.fileExists(atPath: path + "/" + name))
        }
        let log = try String(contentsOfFile: path + "/log.jsonl", encoding: .utf8)
        let lines = log.split(separator: "\n")
        #expect(!lines.isEmpty)
        for line in lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            for key in [
                "step", "epoch", "symbols", "seconds", "train_nats", "learning_rate", "gradient_norm",
                "symbols_per_second",
            ] { #expect(object[key] != nil) }
        }
        #expect(log.contains("validation_nats"))
    }

    @Test("a folder with a run is not overwritten, and one without cannot be resumed")
    func folders() throws {
        let path = scratch.path + "/run"
        _ = try TrainingRun(options: options, out: path).run()
        #expect(throws: RunicError.self) { try TrainingRun(options: options, out: path).run() }
        #expect(throws: RunicError.self) { try TrainingRun(resuming: scratch.path) }
    }

    @Test("a run folder inside a text folder is refused before anything is written")
    func outInsideTexts() throws {
        var inside = options
        inside.texts = [scratch.path]
        let error = #expect(throws: RunicError.self) {
            try TrainingRun(options: inside, out: scratch.path + "/deep/run").run()
        }
        #expect(error?.description.contains("lies inside \(scratch.path)") == true)
        #expect(!FileManager.default.fileExists(atPath: scratch.path + "/deep"))
    }

    @Test("what cannot fit into memory is refused before any is taken")
    func tooLarge() throws {
        var large = options
        (large.hidden, large.layers) = (16_384, 64)
        let error = #expect(throws: RunicError.self) { try large.validate() }
        #expect(error?.description.contains("GB of memory") == true)
    }

    @Test("a run that was trained on standard input cannot be resumed, and says so")
    func standardInput() throws {
        let path = scratch.path + "/run"
        _ = try TrainingRun(options: options, out: path).run(shouldStop: { true })
        var settings = try String(contentsOfFile: path + "/settings.json", encoding: .utf8)
        settings = settings.replacingOccurrences(of: "\(scratch.path)/text.txt", with: "-")
        try Data(settings.utf8).write(to: URL(fileURLWithPath: path + "/settings.json"))
        let error = #expect(throws: RunicError.self) { try TrainingRun(resuming: path) }
        #expect(error?.description.contains("standard input") == true)
    }

    @Test("a run that never came to its first save can be started again")
    func startedAgain() throws {
        let path = scratch.path + "/run"
        _ = try TrainingRun(options: options, out: path).run(shouldStop: { true })
        for name in ["best.runic", "last.runic", "resume.runic", "resume-previous.runic"] {
            try FileManager.default.removeItem(atPath: path + "/" + name)
        }
        #expect(throws: RunicError.self) { try TrainingRun(resuming: path).run() }
        let steps = try TrainingRun(options: options, out: path).run().steps
        let log = try String(contentsOfFile: path + "/log.jsonl", encoding: .utf8)
        #expect(log.split(separator: "\n").last?.contains("\"step\":\(steps)") == true)
        #expect(log.split(separator: "\n").first?.contains("\"step\":20") == true)
    }

    @Test(
        "a run that diverges keeps the best model it had, and diverges again when it is resumed",
        // In float32 the third half of the rate is in time for these settings, and the run recovers.
        .enabled(if: ProcessorInformation.hasBFloat16, "needs bfloat16 products"))
    func diverges() throws {
        var wild = options
        // Each update multiplies the matrices by 1 - 10 · 1: they overflow within some forty steps, and as the good points
        // have grown that far too, a smaller rate comes too late.
        (wild.training.learningRate, wild.training.weightDecay) = (10, 1)
        (wild.training.warmUp, wild.training.finalShare, wild.training.validateEvery) = (0, 1, 1)
        wild.training.epochs = 20
        wild.checkpointSeconds = 0
        let path = scratch.path + "/run"
        let error = #expect(throws: RunicError.self) { try TrainingRun(options: wild, out: path).run() }
        #expect(error?.description.contains("not a finite number") == true)
        #expect(FileManager.default.fileExists(atPath: path + "/best.runic"))
        #expect(throws: Never.self) { try TextModel(path: path + "/best.runic") }
        let again = #expect(throws: RunicError.self) { try TrainingRun(resuming: path).run() }
        #expect(again?.description == error?.description)
    }

    @Test("archives say nothing of the folders of the machine they were made on")
    func paths() throws {
        let path = scratch.path + "/run"
        _ = try TrainingRun(options: options, out: path).run(shouldStop: { true })
        _ = try TrainingRun(resuming: path).run()
        for name in ["best.runic", "last.runic"] {
            let note = try #require(try Archive.read(path: path + "/" + name).metadata["training"])
            #expect(!note.contains(scratch.path))
            #expect(note.contains("text.txt"))
        }
    }

    @Test("a resumed run wants the text that it was started with")
    func changedText() throws {
        let path = scratch.path + "/run"
        _ = try TrainingRun(options: options, out: path).run(shouldStop: { true })
        _ = try scratch.write(nursery + "more", to: "text.txt")
        #expect(throws: RunicError.self) { try TrainingRun(resuming: path).run() }
    }

    @Test("a comparison keeps the best model of every run and says how they differ")
    func compares() throws {
        let out = scratch.path + "/comparison"
        let report = try Comparison(options: options, cells: ["lstm", "gru", "rnn"], seeds: 2, out: out).run()
        #expect(report.runs.count == 6)
        #expect(report.cells.map(\.cell) == ["lstm", "gru", "rnn"])
        for cell in ["lstm", "gru", "rnn"] {
            for seed in 1...2 {
                let model = try TextModel(path: "\(out)/\(cell)-\(seed).runic")
                #expect(model.configuration.cell == cell)
            }
        }
        #expect(FileManager.default.fileExists(atPath: out + "/comparison.json"))
        #expect(FileManager.default.fileExists(atPath: out + "/comparison.csv"))
    }
}
