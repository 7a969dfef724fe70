import Foundation
import Runic
import RunicTesting
import Testing

@Suite("What a model predicts")
struct PredictionTests {
    /// A model with an unknown symbol, and one whose vocabulary spells.
    private static func model(spells: Bool = false) async throws -> TextModel {
        var options = tinyOptions("")
        options.vocabulary.fallback = spells ? .bytes : .unknown
        return try await TextModel.train(on: nursery, options: options)
    }

    @Test("the pieces of a stream are the text that generate writes", arguments: [TextUnit.grapheme, .byte, .word])
    func streams(unit: TextUnit) async throws {
        var options = tinyOptions("")
        options.pipeline = PipelineDescription(unit: unit)
        let model = try await TextModel.train(on: nursery, options: options)
        let settings = SamplerSettings(temperature: 1.2, seed: 3)
        for stop in [[], ["e", "\n"], ["no such text"]] {
            let whole = try model.generate(prompt: "the ", length: 120, settings: settings, stop: stop)
            var pieces: [String] = []
            for try await piece in model.stream(prompt: "the ", length: 120, settings: settings, stop: stop) {
                pieces.append(piece)
            }
            #expect(Array(pieces.joined().utf8) == Array(whole.utf8))
            #expect(!pieces.contains(""))
        }
    }

    @Test("a stream throws CancellationError instead of the next piece once its task is cancelled")
    func cancelledStream() async throws {
        let model = try await Self.model()
        let (pieces, sink) = AsyncStream.makeStream(of: String.self)
        let task = Task {
            for try await piece in model.stream(length: 1_000_000_000) { sink.yield(piece) }
        }
        var seen = 0
        for await _ in pieces {
            seen += 1
            if seen == 3 { break }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("a stream with a setting out of range throws at its first piece, and has ended then")
    func badSetting() async throws {
        let model = try await Self.model()
        var pieces = model.stream(settings: SamplerSettings(temperature: -1)).makeAsyncIterator()
        await #expect(throws: RunicError.self) { try await pieces.next() }
        #expect(try await pieces.next() == nil)
    }

    @Test("probabilities of the next symbol add up to 1, come best first, and greedy sampling takes the first")
    func probabilities() async throws {
        let model = try await Self.model()
        let all = try model.probabilities(after: "the ca")
        #expect(all.count == model.vocabulary.count && Set(all.map(\.identifier)).count == all.count)
        #expect(abs(all.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.probability >= $1.probability })
        let first = try #require(all.first { $0.identifier != model.vocabulary.unknown })
        let greedy = try model.generate(prompt: "the ca", length: 1, settings: SamplerSettings(temperature: 0))
        #expect(first.symbol == greedy)
    }

    @Test(
        "the scores of the symbols add up to the loss of the text, with unknown and spelled symbols",
        arguments: [false, true], ["the cat\nnaïve 한국어", "Ωthe cat Ω€ on", "e\u{301}ΩΩ", nursery])
    func scores(spells: Bool, text: String) async throws {
        let model = try await Self.model(spells: spells)
        let scores = try model.score(text)
        let report = try model.evaluate(text)
        let expected = try #require(report.natsPerSymbol) * Double(report.symbols - 1)
        let sum = scores.reduce(0) { $0 + ($1.nats ?? 0) }
        #expect(abs(sum - expected) < 1e-3 * max(1, expected / 100))
        #expect(scores.map { String(text[$0.range]) }.joined() == text)
        #expect(scores.contains { $0.isUnknown } == (!spells && text.contains("Ω")))
    }

    @Test("the likeliest symbol has rank 1, and the other symbols follow in the order of their losses")
    func ranks() async throws {
        let model = try await Self.model()
        let lasts = try model.vocabulary.symbols.filter { $0.count == 1 && $0.bytes != [0x0A] }.map { symbol in
            try #require(try model.score("the ca" + String(decoding: symbol.bytes, as: UTF8.self)).last)
        }
        let sorted = lasts.sorted { ($0.nats ?? 0) < ($1.nats ?? 0) }
        #expect(sorted.map { $0.rank ?? 0 } == sorted.map { $0.rank ?? 0 }.sorted())
        #expect(sorted.first?.rank == 1)
        #expect(try model.score("the").first?.nats == nil)
    }

    @Test("a text in memory is evaluated as a file with its bytes")
    func evaluates() async throws {
        let scratch = try TemporaryFolder()
        let model = try await Self.model()
        let text = "the dog ate the Ω"
        let path = try scratch.write(text, to: "text.txt")
        #expect(try model.evaluate(text) == model.evaluate(TextSource(paths: [path])))
        #expect(throws: RunicError.self) { try model.evaluate("a") }
    }

    @Test("a transform of one's own is used by generate once the environment has it")
    func transforms() async throws {
        struct Only: SamplingTransform {
            let identifier: Int
            func apply(to candidates: inout Candidates) { candidates.keep { id, _ in id == identifier } }
        }
        let trained = try await Self.model()
        var environment = Environment()
        environment.transforms.register("only") { value throws(SamplingError) in Only(identifier: Int(value)) }
        let model = try TextModel(archive: trained.archive(), environment: environment)
        let c = try #require(model.vocabulary.identifier(of: Symbol("c".utf8)))
        let settings = SamplerSettings(additional: [TransformDescription(name: "only", value: Double(c))])
        #expect(try model.generate(length: 5, settings: settings) == "ccccc")
        #expect(throws: RunicError.self) { try trained.generate(length: 5, settings: settings) }
    }
}
