import Foundation
import RunicTesting
import Testing

@testable import Runic

@Suite("A model that has diverged")
struct DivergedModelTests {
    private let scratch: TemporaryFolder

    init() throws { scratch = try TemporaryFolder() }

    /// A model with one value in its softmax layer.
    private func model(_ value: Float) throws -> TextModel {
        let options = tinyOptions(try scratch.write(nursery, to: "text.txt"))
        let path = try TrainingRun(options: options, out: scratch.path + "/run").run(shouldStop: { true }).bestPath
        var archive = try Archive.read(path: path)
        let place = try #require(archive.tensors.firstIndex { $0.name == "decoder.bias" })
        var floats = try archive.tensors[place].floats()
        floats[1] = value
        archive.tensors[place] = try ArchiveTensor(name: "decoder.bias", shape: [floats.count], floats: floats.span)
        return try TextModel(archive: archive)
    }

    @Test("is refused where its numbers are not finite", arguments: [Float.nan, .infinity])
    func refused(value: Float) throws {
        let error = #expect(throws: RunicError.self) { try model(value) }
        #expect(
            error?.description.contains("best.runic: tensor 'decoder.bias': element 1 is not a finite number") == true)
    }

    @Test("is none that only predicts badly")
    func bad() throws {
        let model = try model(500)
        #expect(model.start().isFinite)
        let report = try model.evaluate(TextSource(paths: [scratch.path + "/text.txt"]))
        #expect(try #require(report.natsPerSymbol) > 100)
    }

    @Test("whose sums overflow writes, predicts and scores nothing, and says so")
    func overflowing() async throws {
        var archive = try model(0).archive()
        for (place, tensor) in archive.tensors.enumerated() {
            // Open gates make every hidden value 0.7 or more, and the sums of the softmax layer infinite.
            guard let value = ["decoder.weight": 3e38, "rnn.bias_ih_l1": 100 as Float][tensor.name] else { continue }
            let floats = [Float](repeating: value, count: tensor.shape.reduce(1, *))
            archive.tensors[place] = try ArchiveTensor(name: tensor.name, shape: tensor.shape, floats: floats.span)
        }
        let model = try TextModel(archive: archive)
        var context = model.start()
        model.read("the", into: &context)
        try #require(!context.isFinite)
        #expect(model.probabilities(after: context).isEmpty)
        #expect(throws: RunicError.self) { try model.generate(prompt: "the") }
        #expect(throws: RunicError.self) { try model.probabilities(after: "the") }
        #expect(throws: RunicError.self) { try model.score("the cat") }
        var pieces = model.stream(prompt: "the").makeAsyncIterator()
        await #expect(throws: RunicError.self) { try await pieces.next() }
    }

    @Test("The options of a run without sources have them all the same, and older notes keep their seconds")
    func notes() throws {
        var options = TrainingOptions(texts: ["/home/me/a.txt"])
        options.leavesOutSources = true
        let data = try JSONEncoder().encode(options)
        let read = try JSONDecoder().decode(TrainingOptions.self, from: data)
        #expect(read.leavesOutSources && read.texts == ["/home/me/a.txt"])
        var note = TrainingNote(step: 3, validationNats: 1.5, options: options, texts: [FileStatistics(path: "a.txt")])
        #expect(note.texts.isEmpty && note.options.texts.isEmpty)
        note.seconds = 7
        let old = try JSONDecoder().decode(TrainingNote.self, from: JSONEncoder().encode(note))
        #expect(old.seconds == 7)
    }
}
