import RunicTesting
import Foundation
@testable import Runic
import RunicText
import Testing

@Suite("A model that spells unknown symbols")
struct SpellingTests {
    private let scratch: TemporaryFolder
    private let options: TrainingOptions

    init() throws {
        scratch = try TemporaryFolder()
        var options = tinyOptions(try scratch.write(nursery, to: "text.txt"))
        options.vocabulary = VocabularyOptions(maximumSize: 256 + 14, fallback: .bytes)
        options.spelling = 20
        self.options = options
    }

    private func trained(_ options: TrainingOptions, _ name: String = "run") throws -> TextModel {
        try TextModel(path: TrainingRun(options: options, out: scratch.path + "/" + name).run().bestPath)
    }

    private func corpus() throws -> EncodedCorpus {
        try CorpusEncoder(pipeline: TextPipeline(options.pipeline))
            .encode(TextSource(paths: options.texts), options: options.vocabulary)
    }

    private func tensors(_ path: String) throws -> [String: [Float]] {
        try Dictionary(
            uniqueKeysWithValues: Archive.read(path: path).tensors.map { ($0.name, try $0.floats()) })
    }

    @Test("randomly spelled text decodes to the same text, whole and in chunks", arguments: [0.5, 20, 1e6])
    func decodes(occurrences: Double) throws {
        let corpus = try corpus(), text = corpus.identifiers
        func spelling(_ seed: UInt64 = 7) throws -> RandomSpelling {
            try #require(
                RandomSpelling(vocabulary: corpus.vocabulary, text: text, occurrences: occurrences, seed: seed))
        }
        var whole = try spelling()
        let spelled = whole.spelled(text)
        #expect(spelled.count > text.count && corpus.vocabulary.decode(spelled) == Array(nursery.utf8))
        var (parts, put) = (try spelling(), [UInt16]())
        for start in stride(from: 0, to: text.count, by: 31) {
            put += parts.spelled(text[start..<min(start + 31, text.count)])
        }
        #expect(put == spelled)
        var other = try spelling(8)
        #expect(other.spelled(text) != spelled)
    }

    @Test("each symbol is spelled about as often as requested, at most half of the time, and kept ones never")
    func fractions() throws {
        let corpus = try corpus(), vocabulary = corpus.vocabulary, text = corpus.identifiers
        let counts = corpus.counts.prefix(try #require(vocabulary.byteBase))
        for k in [30.0, 1e6] {
            var spelledTimes = [Int](repeating: 0, count: counts.count)
            let runs = 40
            for seed in 0..<UInt64(runs) {
                var spelling = try #require(
                    RandomSpelling(vocabulary: vocabulary, text: text, occurrences: k, seed: seed, kept: [2]))
                for id in text where Int(id) < counts.count && spelling.spelled(CollectionOfOne(id)) != [id] {
                    spelledTimes[Int(id)] += 1
                }
            }
            for (id, count) in counts.enumerated() {
                let spelled = Double(spelledTimes[id]) / Double(runs)
                let fraction = id == 2 ? 0 : min(0.5, k / Double(count))
                // Five deviations of a binomial's mean.
                let allowed = 5 * (Double(count) * fraction * (1 - fraction) / Double(runs)).squareRoot()
                #expect(abs(spelled - fraction * Double(count)) <= allowed, "symbol \(id), \(count) times, k \(k)")
            }
        }
    }

    @Test("the same draws spell the same symbols: changing this would change the text of a resumed run")
    func known() throws {
        let symbols = ["a", "b"].map { Symbol($0.utf8) }
        let vocabulary = try Vocabulary(
            growing: Vocabulary(unit: .grapheme, symbols: symbols, unknown: nil), counts: [:],
            options: VocabularyOptions(fallback: .bytes))
        let text = (0..<24).map { UInt16($0 % 2) }
        var spelling = try #require(RandomSpelling(vocabulary: vocabulary, text: text, occurrences: 3, seed: 1))
        // The draws of SplitMix64, seed 1 and stream 0x5BE1000000000000 + position, below 2⁶⁴ / 4, by Python's integers.
        let places = text.indices.filter { spelling.spelled(text[$0...$0]).first != text[$0] }
        #expect(places == [8, 9, 11, 13, 19, 22])
    }

    @Test("validation and test are not spelled at random, nor is anything without a fallback or with 0")
    func split() throws {
        let corpus = try corpus()
        var plain = options
        plain.spelling = 0
        let (with, without) = (
            try options.split(corpus, registry: .builtIn), try plain.split(corpus, registry: .builtIn)
        )
        #expect(Array(with.validation) == Array(without.validation) && Array(with.test) == Array(without.test))
        #expect(with.training.count > without.training.count)
        #expect(Array(without.training) == Array(corpus.identifiers.prefix(without.training.count)))
        #expect(corpus.vocabulary.decode(with.training) == corpus.vocabulary.decode(without.training))
        let known = try Vocabulary(unit: .grapheme, symbols: [Symbol("a".utf8)], unknown: nil)
        #expect(RandomSpelling(vocabulary: known, text: [0, 0], occurrences: 3, seed: 1) == nil)
    }

    @Test(
        "its output is UTF-8, at any temperature, for one text and for several in parallel",
        arguments: [Precision.float32, .int8])
    func valid(precision: Precision) throws {
        _ = try trained(options)
        let model = try TextModel(path: scratch.path + "/run/best.runic", precision: precision)
        func sampler(_ seed: UInt64) throws -> Sampler {
            try model.makeSampler(SamplerSettings(temperature: 5, seed: seed))
        }
        var (context, own) = (model.start(), try sampler(1))
        var text: [UInt8] = []
        var longest = 0
        for _ in 0..<3_000 {
            let piece = model.next(&context, sampler: &own)
            #expect(String(validating: piece, as: UTF8.self) != nil)
            text += piece
            longest = max(longest, piece.count)
        }
        let string = try #require(String(validating: text, as: UTF8.self))
        // Bytes are drawn, in characters of every length, and text can be read in the middle of one.
        #expect(Set(string.unicodeScalars.map { UTF8.width($0) }) == [1, 2, 3, 4])
        model.read("the 猫 ☃", into: &context)
        let behind = (0..<50).flatMap { _ in model.next(&context, sampler: &own) }
        #expect(String(validating: behind, as: UTF8.self) != nil)

        let streams = try TextStreams(model, from: model.start(), samplers: (0..<9).map { try sampler($0) })
        var texts = [[UInt8]](repeating: [], count: 9)
        for _ in 0..<60 {
            streams.next()
            for stream in 0..<9 { texts[stream] += streams.bytes(ofStream: stream) }
        }
        for stream in 0..<9 {
            #expect(String(validating: texts[stream], as: UTF8.self) != nil)
            guard precision == .int8 else { continue }
            var (alone, own) = (model.start(), try sampler(UInt64(stream)))
            #expect(texts[stream] == (0..<60).flatMap { _ in model.next(&alone, sampler: &own) })
        }
    }

    @Test("unseen symbols of a prompt are spelled, and none of them is unknown")
    func prompt() throws {
        let model = try trained(options)
        var context = model.start()
        let reading = model.read("Ω the ☃", into: &context)
        #expect(reading.symbols == 7 && reading.unknown == 0 && reading.notice == nil)
        let encoded = try model.pipeline.encode("Ω the ☃", vocabulary: model.vocabulary)
        #expect(reading.spelled > 0 && reading.unseen == encoded.unseenSymbols)
        var other = model.start()
        model.read("Ψ the ☃", into: &other)
        var one = try model.makeSampler(SamplerSettings(seed: 1))
        var two = one
        let texts = (
            (0..<200).map { _ in model.next(&context, sampler: &one) },
            (0..<200).map { _ in model.next(&other, sampler: &two) }
        )
        #expect(texts.0 != texts.1, "what was spelled makes no difference")
    }

    @Test("evaluation pays for each id, and nothing is unknown")
    func evaluates() throws {
        let model = try trained(options)
        let text = "the ☃ sat, naïve café"
        let report = try model.evaluate(TextSource(paths: [try scratch.write(text, to: "foreign.txt")]))
        let encoded = try model.pipeline.encode(text, vocabulary: model.vocabulary)
        #expect(report.unknownSymbols == 0 && report.spelledSymbols == encoded.spelledSymbols)
        #expect(report.symbols == encoded.identifiers.count && report.symbols > text.count)
        #expect(report.spelledSymbols > 0 && report.characters == text.count && report.bytes == text.utf8.count)
        let nats = try #require(report.natsPerSymbol)
        let bits = nats * Double(report.symbols - 1) / log(2) + log2(Double(model.vocabulary.count))
        #expect(abs(try #require(report.bitsPerByte) - bits / Double(report.bytes)) < 1e-9)
    }

    @Test("a run that was stopped ends with the bytes of one that never was")
    func resumes() throws {
        let (whole, cut) = (scratch.path + "/whole", scratch.path + "/cut")
        _ = try TrainingRun(options: options, out: whole).run()
        var asked = 0
        let first = try TrainingRun(options: options, out: cut).run(shouldStop: {
            asked += 1
            return asked == 13
        })
        #expect(first.end == .interrupted)
        #expect(try TrainingRun(resuming: cut).run().end == .finished)
        #expect(try tensors(cut + "/last.runic") == tensors(whole + "/last.runic"))
        var other = options
        other.spelling = 0
        _ = try TrainingRun(options: other, out: scratch.path + "/plain").run()
        #expect(try tensors(scratch.path + "/plain/last.runic") != tensors(whole + "/last.runic"))
    }

    @Test("a separator of documents is never spelled, so that all documents are found")
    func documents() throws {
        var options = options
        options.training.documentSeparator = "\r\n"
        let corpus = try corpus()
        let split = try options.split(corpus, registry: .builtIn)
        let end = try #require(corpus.vocabulary.identifier(of: Symbol("\r\n".utf8)) ?? nil)
        #expect(split.separator == [UInt16(end)])
        let plain = corpus.identifiers.prefix(Int(Double(corpus.identifiers.count) * 0.9 + 1e-9))
        #expect(split.training.count { $0 == UInt16(end) } == plain.count { $0 == UInt16(end) })
    }

    @Test("fine-tuning keeps the bytes where they are, and gives them to a model that had none")
    func finetunes() throws {
        let base = try trained(options)
        let poem = String(repeating: "Quick zebras jump over ☃ the lazy dog.\n", count: 80)
        var tuning = tinyOptions(try scratch.write(poem, to: "poem.txt"))
        tuning.training.epochs = 1
        let summary = try TrainingRun(options: tuning, finetuning: base, out: scratch.path + "/tuned").run()
        let tuned = try TextModel(path: summary.bestPath).vocabulary
        #expect(tuned.byteBase == base.vocabulary.byteBase && tuned.unknown == nil)
        #expect(Array(tuned.symbols.prefix(base.vocabulary.count)) == base.vocabulary.symbols)
        #expect(tuned.identifier(of: Symbol("☃".utf8)) ?? 0 >= base.vocabulary.count)

        var unknowing = options
        unknowing.vocabulary = VocabularyOptions(minimumCount: 100)
        let old = try trained(unknowing, "old")
        tuning.vocabulary.fallback = .bytes
        let given = try TextModel(
            path: TrainingRun(options: tuning, finetuning: old, out: scratch.path + "/given").run().bestPath)
        #expect(old.vocabulary.unknown != nil && given.vocabulary.unknown == nil)
        #expect(given.vocabulary.byteBase == given.vocabulary.count - 256)
        #expect(String(validating: try given.generate(length: 100).utf8, as: UTF8.self) != nil)
    }

    @Test("settings of before, without these options, read as they were meant")
    func oldSettings() throws {
        let data = try JSONEncoder().encode(TrainingOptions(texts: ["a"]))
        var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        object["spelling"] = nil
        object["vocabulary"] = ["minimum_count": 5, "include_unknown": "when-needed"]
        let read = try JSONDecoder().decode(
            TrainingOptions.self, from: try JSONSerialization.data(withJSONObject: object))
        #expect(read.vocabulary == VocabularyOptions(minimumCount: 5, includeUnknown: .whenNeeded))
        #expect(read.spelling == TrainingOptions.defaultSpelling)
    }
}
