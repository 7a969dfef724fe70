import Foundation
import Runic
import RunicTesting
import Testing

@Suite("Training in memory")
struct MemoryTrainingTests {
    private var options: TrainingOptions {
        var options = tinyOptions("")
        options.texts = []
        return options
    }

    /// The tensors of an archive as a file has them.
    private func bytes(_ archive: Archive) throws -> [UInt8] { try Archive(tensors: archive.tensors).encoded() }

    @Test("gives the parameters of a run with the same text and options, bit for bit")
    func sameAsFile() async throws {
        let scratch = try TemporaryFolder()
        let run = try TrainingRun(
            options: tinyOptions(try scratch.write(nursery, to: "text.txt")), out: scratch.path + "/run"
        ).run()
        let model = try await TextModel.train(on: nursery, options: options)
        let (made, kept) = (try model.archive(), try Archive.read(path: run.bestPath))
        #expect(try bytes(made) == bytes(kept))
        #expect(model.trainingNote?.step == run.model.trainingNote?.step)
        #expect(model.trainingNote?.validationNats == run.model.trainingNote?.validationNats)
        #expect(model.trainingNote?.texts.map(\.sha256) == run.model.trainingNote?.texts.map(\.sha256))
        #expect(model.trainingNote?.texts.map(\.path) == ["text in memory"])
    }

    @Test("several texts are documents, as files are")
    func documents() async throws {
        let scratch = try TemporaryFolder()
        let texts = [nursery, nursery.uppercased()]
        var inFiles = options
        inFiles.texts = try texts.enumerated().map { try scratch.write($1, to: "\($0).txt") }
        let run = try TrainingRun(options: inFiles, out: scratch.path + "/run").run()
        let model = try await TextModel.train(on: TextSource(texts), options: options)
        #expect(try bytes(model.archive()) == bytes(Archive.read(path: run.bestPath)))
    }

    @Test(
        "a model written to a file is the file that it was read from, in every precision", arguments: Precision.allCases
    )
    func written(precision: Precision) async throws {
        let scratch = try TemporaryFolder()
        let trained = try await TextModel.train(on: nursery, options: options)
        let (first, second) = (scratch.path + "/first.runic", scratch.path + "/second.runic")
        if precision == .float32 {
            try trained.write(to: first)
        } else {
            try trained.quantized(to: precision).archive.write(to: first)
        }
        try TextModel(contentsOf: URL(fileURLWithPath: first)).write(to: second)
        #expect(FileManager.default.contentsEqual(atPath: first, andPath: second))
        // Computing in fewer bits does not round what is written.
        try TextModel(path: first, precision: .int8).write(to: second)
        #expect(FileManager.default.contentsEqual(atPath: first, andPath: second))
    }

    @Test("ends with CancellationError soon after its task is cancelled")
    func cancelled() async throws {
        var endless = options
        (endless.training.epochs, endless.training.maxSeconds) = (1_000_000, nil)
        let (steps, sink) = AsyncStream.makeStream(of: Int.self)
        let task = Task { [endless] in
            try await TextModel.train(on: nursery, options: endless) { sink.yield($0.step) }
        }
        for await step in steps where step >= 2 { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("a text that is too short is an error that names it")
    func tooShort() async throws {
        await #expect(throws: RunicError.self) { try await TextModel.train(on: "", options: options) }
        await #expect(throws: RunicError.self) { try await TextModel.train(on: "a", options: options) }
    }

    @Test("options without texts are the defaults, with smaller batches for short texts")
    func defaults() {
        var plain = TrainingOptions(texts: [])
        (plain.fitsBatch, plain.fitsSequence) = (true, true)
        #expect(TrainingOptions() == plain)
        let timed = TrainingOptions(cell: "gru", layers: 1, hidden: 8, maxTime: .milliseconds(1500), seed: 7)
        #expect(timed.training.maxSeconds == 1.5 && timed.training.epochs == nil && timed.training.seed == 7)
        #expect(timed.cell == "gru" && timed.layers == 1 && timed.hidden == 8)
        #expect(TrainingOptions(epochs: 3, maxTime: .seconds(2)).training.epochs == 3)
    }
}
