import RunicTesting
import Foundation
import Runic
import Testing

/// Documents that reset the state: trained, scored, read and written as if each were alone.
@Suite("Documents")
struct DocumentTests {
    private let scratch: TemporaryFolder
    private let model: TextModel

    init() throws {
        scratch = try TemporaryFolder()
        let text = try scratch.write(String(repeating: "abcd\nfed\ncafe\n", count: 300), to: "text.txt")
        var options = tinyOptions(text)
        options.training.documentSeparator = "\n"
        options.stack.learnsInitialState = true
        let run = try TrainingRun(options: options, out: scratch.path + "/run").run()
        model = try TextModel(path: run.bestPath)
    }

    /// What the model writes after a text, the likeliest symbol each time.
    private func continuation(_ text: String) throws -> [UInt8] {
        var context = model.start()
        model.read(text, into: &context)
        var sampler = try model.makeSampler(SamplerSettings(temperature: 0, seed: 1))
        return (0..<12).flatMap { _ in model.next(&context, sampler: &sampler) }
    }

    @Test("text before a separator does not influence text after it")
    func reading() throws {
        #expect(try continuation("abcd\nfe") == continuation("fe"))
        #expect(try continuation("cafe\n\n\nca") == continuation("ca"))
        #expect(try continuation("abcd\n") == continuation(""))
    }

    @Test("parallel streams start documents as a single one does")
    func streams() throws {
        let samplers = try (0..<5).map {
            try model.makeSampler(SamplerSettings(temperature: 1.5, seed: UInt64($0)))
        }
        let streams = try TextStreams(model, from: model.start(), samplers: samplers)
        var texts = [[UInt8]](repeating: [], count: 5)
        for _ in 0..<60 {
            streams.next()
            for stream in 0..<5 { texts[stream] += streams.bytes(ofStream: stream) }
        }
        for (stream, sampler) in samplers.enumerated() {
            var (context, own) = (model.start(), sampler)
            #expect(texts[stream] == (0..<60).flatMap { _ in model.next(&context, sampler: &own) })
        }
    }

    @Test("a text of documents costs as much as its documents one by one")
    func scoring() throws {
        func nats(_ text: String) throws -> Double {
            let report = try model.evaluate(TextSource(paths: [try scratch.write(text, to: "\(UUID()).txt")]))
            return try #require(report.natsPerSymbol) * Double(report.symbols - 1)
        }
        // Each document begins with the separator; its first symbol is predicted from the learned state alone.
        let one = try nats("\nabcd"), two = try nats("\nfed"), both = try nats("\nabcd\nfed")
        let endOfFirst = try nats("\nabcd\n") - one
        #expect(abs(both - (one + endOfFirst + two)) < 1e-4)
    }

    @Test("a window resets the state after that many symbols")
    func windows() throws {
        var options = tinyOptions(try scratch.write(nursery, to: "plain.txt"))
        options.training.seed = 3
        let run = try TrainingRun(options: options, out: scratch.path + "/plain").run()
        let plain = try TextModel(path: run.bestPath)
        let source = try TextSource(paths: [try scratch.write("the cat sat on the mat", to: "part.txt")])
        let whole = try plain.evaluate(source).natsPerSymbol
        #expect(try plain.evaluate(source, window: 1_000).natsPerSymbol == whole)
        #expect(try plain.evaluate(source, window: 2).natsPerSymbol != whole)
    }
}
