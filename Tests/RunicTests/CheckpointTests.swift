import RunicTesting
import Foundation
import Runic
import Testing

@Suite("The checkpoints of a run")
struct CheckpointTests {
    private let scratch: TemporaryFolder
    private let options: TrainingOptions
    private var run: String { scratch.path + "/run" }

    init() throws {
        scratch = try TemporaryFolder()
        var options = tinyOptions(try scratch.write(nursery, to: "text.txt"))
        options.checkpointSeconds = 0
        self.options = options
    }

    /// Keeps the notices of a run about its folder.
    private final class Watcher: TrainingWatcher {
        var remarks: [String] = []
        var stepsDone = 0

        func begins(_ plan: TrainingPlan) { (remarks, stepsDone) = (plan.remarks, plan.stepsDone) }
        func progresses(_ progress: TrainingProgress) {}
        func logs(_ record: TrainingRecord) {}
    }

    private func stopped(after steps: Int) throws {
        var asked = 0
        _ = try TrainingRun(options: options, out: run).run(shouldStop: {
            asked += 1
            return asked == steps
        })
    }

    private func tensors(_ path: String) throws -> [[Float]] {
        try Archive.read(path: path).tensors.map { try $0.floats() }
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: run + "/" + name)))
    }

    private func put(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: run + "/" + name))
    }

    private func expectRefusal(_ words: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
        let error = #expect(throws: RunicError.self, sourceLocation: sourceLocation) {
            try TrainingRun(resuming: run).run()
        }
        for word in words {
            #expect(error?.description.contains(word) == true, "\(error as Any)", sourceLocation: sourceLocation)
        }
    }

    @Test(
        "the last two are kept, and a damaged one is reported and replaced by the one before",
        arguments: ["cut", "bit", "gone"])
    func fallsBack(damage: String) throws {
        let whole = scratch.path + "/whole"
        _ = try TrainingRun(options: options, out: whole).run()
        try stopped(after: 47)
        var newest = try bytes("resume.runic")
        switch damage {
        case "cut": try put(Array(newest.dropLast(newest.count / 3)), "resume.runic")
        case "bit":
            newest[newest.count / 2] ^= 4
            try put(newest, "resume.runic")
        default: try FileManager.default.removeItem(atPath: run + "/resume.runic")
        }
        let watcher = Watcher()
        _ = try TrainingRun(resuming: run).run(watcher: watcher, shouldStop: { true })
        // Stopped after 47 steps, with checkpoints at 20 and 40 before that.
        #expect(watcher.stepsDone == 40)
        #expect(watcher.remarks.count == (damage == "gone" ? 0 : 1))
        #expect(watcher.remarks.allSatisfy { $0.contains("/resume.runic: ") && $0.contains("resume-previous.runic") })
        // Stopped at 41: the sound checkpoint of 40 is the previous one, the damaged one is gone.
        for name in ["resume.runic", "resume-previous.runic"] {
            #expect(throws: Never.self) { try Archive.read(path: run + "/" + name) }
        }
        let summary = try TrainingRun(resuming: run).run()
        #expect(summary.end == .finished)
        for name in ["best.runic", "last.runic"] {
            #expect(try tensors(run + "/" + name) == tensors(whole + "/" + name))
        }
        #expect(try steps(run) == steps(whole))
    }

    private func steps(_ folder: String) throws -> [String] {
        try String(contentsOfFile: folder + "/log.jsonl", encoding: .utf8).split(separator: "\n").map {
            String(try #require($0.firstMatch(of: /"step":[0-9]+/)).0)
        }
    }

    @Test("the last checkpoint holds everything found after the last update, and resuming from it changes nothing")
    func finished() throws {
        var options = options
        // The last update writes a checkpoint and is validated after that: 50 of 51 and of 204, by and by.
        (options.training.validateEvery, options.training.batch, options.training.sequence) = (1_000, 2, 16)
        options.training.epochs = 1
        options.texts = [try scratch.write(String(nursery.prefix(1_826)), to: "short.txt")]
        let summary = try TrainingRun(options: options, out: run).run()
        try #require(summary.steps % 50 == 0, "\(summary.steps) steps")
        let names = ["resume.runic", "resume-previous.runic", "log.jsonl", "best.runic", "last.runic"]
        let before = try names.map(bytes)
        #expect(try Archive.read(path: run + "/resume.runic").tensors.contains { $0.name.hasPrefix("best.") })
        let again = try TrainingRun(resuming: run).run()
        #expect(again.end == .finished && again.steps == summary.steps && again.bestStep == summary.bestStep)
        #expect(try names.map(bytes) == before)
    }

    @Test("two damaged checkpoints are refused by the name of the newest, and nothing is changed")
    func bothDamaged() throws {
        try stopped(after: 21)
        for name in ["resume.runic", "resume-previous.runic"] {
            try put(try bytes(name).dropLast(9), name)
        }
        let before = try (bytes("resume.runic"), bytes("resume-previous.runic"), bytes("log.jsonl"))
        try expectRefusal("/resume.runic: byte ")
        #expect(try (bytes("resume.runic"), bytes("resume-previous.runic"), bytes("log.jsonl")) == before)
    }

    @Test("a checkpoint of another model is refused by the names of both")
    func otherModel() throws {
        var other = options
        (other.cell, other.hidden) = ("gru", 10)
        _ = try TrainingRun(options: other, out: scratch.path + "/other").run(shouldStop: { true })
        try stopped(after: 1)
        try put(
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/other/resume.runic"))), "resume.runic")
        try expectRefusal("/resume.runic: is a checkpoint of another model, gru 2 × 10", "make lstm 2 × 12")
    }

    @Test("a model in place of the checkpoints is recognised")
    func modelAsCheckpoint() throws {
        try stopped(after: 1)
        for name in ["resume.runic", "resume-previous.runic"] { try put(try bytes("best.runic"), name) }
        try expectRefusal("/resume.runic: metadata key 'state': is missing; this is not a checkpoint of a run")
    }

    @Test("invalid settings are refused with the reason")
    func settings() throws {
        try stopped(after: 1)
        for (text, words) in [
            ("{\"cell\": 3}", "is missing"), ("", "is not valid"), ("[1, 2", "is not valid"),
            ("{\"texts\": 5}", "'texts' is not of type"),
        ] {
            try put(Array(text.utf8), "settings.json")
            try expectRefusal("/settings.json: does not hold the settings of a run: ", words)
        }
        try FileManager.default.removeItem(atPath: run + "/settings.json")
        try expectRefusal("is not the folder of a run: it has no settings.json")
        try FileManager.default.createDirectory(atPath: run + "/settings.json", withIntermediateDirectories: false)
        try expectRefusal("/settings.json: is a folder; name a file")
    }

    @Test("missing lines of the log are reported, and lines after the checkpoint are removed")
    func log() throws {
        try stopped(after: 41)
        let log = try bytes("log.jsonl")
        try put(log + Array("{\"step\":60}\n{\"st".utf8), "log.jsonl")
        let watcher = Watcher()
        _ = try TrainingRun(resuming: run).run(watcher: watcher, shouldStop: { true })
        #expect(try bytes("log.jsonl") == log && watcher.remarks == [])
        try put(Array(log.dropLast(30)), "log.jsonl")
        _ = try TrainingRun(resuming: run).run(watcher: watcher, shouldStop: { true })
        #expect(watcher.remarks.count == 1 && watcher.remarks.first?.contains("/log.jsonl: lines are missing") == true)
    }

    @Test("a folder in which a process is training is refused")
    func inUse() throws {
        let watcher = Intruder(run: run, options: options)
        _ = try TrainingRun(options: options, out: run).run(watcher: watcher, shouldStop: { true })
        try #require(watcher.refusals.count == 2)
        #expect(watcher.refusals[0].contains("/run: another process is training in it"))
        #expect(watcher.refusals[1].contains("/run: already holds a run"))
        // Given back when the run is over.
        _ = try TrainingRun(resuming: run).run(shouldStop: { true })
    }

    /// Tries to resume the run, and to start another in its folder, while it runs.
    private final class Intruder: TrainingWatcher {
        let run: String
        let options: TrainingOptions
        var refusals: [String] = []

        init(run: String, options: TrainingOptions) { (self.run, self.options) = (run, options) }

        func begins(_ plan: TrainingPlan) {}
        func logs(_ record: TrainingRecord) {}
        func progresses(_ progress: TrainingProgress) {
            do {
                _ = try TrainingRun(resuming: run).run()
            } catch {
                refusals.append(error.description)
            }
            do {
                _ = try TrainingRun(options: options, out: run).run()
            } catch {
                refusals.append(error.description)
            }
        }
    }

    @Test("unfinished files of a killed process are removed, other files are not")
    func leftovers() throws {
        try stopped(after: 1)
        try put([1, 2, 3], ".runic-abc.tmp")
        try put([1], "notes.tmp")
        _ = try TrainingRun(resuming: run).run(shouldStop: { true })
        let names = try FileManager.default.contentsOfDirectory(atPath: run)
        #expect(!names.contains(".runic-abc.tmp") && names.contains("notes.tmp"))
    }
}
