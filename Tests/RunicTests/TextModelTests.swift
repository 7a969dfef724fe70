import RunicTesting
import Foundation
import Runic
import Testing

@Suite("A model as other programs use it")
struct TextModelTests {
    private let scratch: TemporaryFolder
    private let model: TextModel
    private let textPath: String

    init() throws {
        scratch = try TemporaryFolder()
        textPath = try scratch.write(nursery, to: "text.txt")
        let summary = try TrainingRun(options: tinyOptions(textPath), out: scratch.path + "/run").run()
        model = try TextModel(path: summary.bestPath)
    }

    @Test("the same seed writes the same text, and every piece is a symbol of the vocabulary")
    func generates() throws {
        let settings = SamplerSettings(temperature: 1, seed: 7)
        let first = try model.generate(prompt: "the ", length: 50, settings: settings)
        #expect(Array(first.utf8) == Array(try model.generate(prompt: "the ", length: 50, settings: settings).utf8))
        var sampler = try model.makeSampler(settings)
        var context = model.start()
        for _ in 0..<200 {
            let bytes = model.next(&context, sampler: &sampler)
            #expect(model.vocabulary.identifier(of: Symbol(bytes)) != nil)
        }
    }

    @Test("a context is a value: a copy goes its own way and the original stays")
    func forks() throws {
        var context = model.start()
        model.read("the cat", into: &context)
        let kept = context
        var sampler = try model.makeSampler(SamplerSettings(temperature: 0, seed: 1))
        let first = (0..<20).map { _ in model.next(&context, sampler: &sampler) }
        var again = kept
        #expect((0..<20).map { _ in model.next(&again, sampler: &sampler) } == first)
    }

    @Test("unseen symbols of a prompt are read as unknown and reported")
    func unseen() {
        var context = model.start()
        let report = model.read("Ω the Ω€", into: &context)
        #expect(report.symbols == 8)
        #expect(report.unseen == 3 && report.unknown == 3 && report.spelled == 0 && report.leftOut == 0)
        #expect(report.unknownExamples.map { Array($0.unicodeScalars) } == [["Ω"], ["€"]])
        #expect(report.notice?.hasSuffix("were read as unknown: 'Ω' '€'") == true)
    }

    @Test("without an unknown symbol, unseen symbols of a prompt are left out, and the report says so")
    func leftOut() throws {
        var options = tinyOptions(textPath)
        options.vocabulary = VocabularyOptions(includeUnknown: .never)
        let model = try TextModel(path: TrainingRun(options: options, out: scratch.path + "/never").run().bestPath)
        var (context, other) = (model.start(), model.start())
        let report = model.read("Ω the", into: &context)
        #expect(report.symbols == 4 && report.unknown == 1 && report.leftOut == 1)
        #expect(report.notice == "1 symbol of the prompt is not in the model's vocabulary and was left out: 'Ω'")
        model.read(" the", into: &other)
        var (one, two) = (
            try model.makeSampler(SamplerSettings(seed: 1)), try model.makeSampler(SamplerSettings(seed: 1))
        )
        #expect(model.next(&context, sampler: &one) == model.next(&other, sampler: &two))
    }

    @Test("if a stage fails on the prompt, generate throws what failed, and read reports it")
    func failingStage() throws {
        struct Picky: TextStage {
            func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
                for index in input.indices where input[index] == UInt8(ascii: "!") { throw failure }
                output.pass(input)
            }
            func finish(into output: inout StageOutput) {}
            var failure: TextError { .stageFailed(name: "picky", path: "", reason: "it hates !") }
        }
        var registry = StageRegistry.builtIn
        registry.register(StageDefinition(name: "picky") { _, _ in Picky() })
        var options = tinyOptions(textPath)
        options.pipeline.stages.insert(StageDescription(name: "picky"), at: 1)
        let path = try TrainingRun(
            options: options, out: scratch.path + "/picky", environment: Environment(stages: registry)
        ).run().bestPath
        let model = try TextModel(path: path, environment: Environment(stages: registry))
        let error = #expect(throws: RunicError.self) { try model.generate(prompt: "no!", length: 3) }
        #expect(error?.description.contains("it hates !") == true)
        var context = model.start()
        #expect(model.read("no!", into: &context).failure?.contains("it hates !") == true)
        #expect(try model.generate(prompt: "no", length: 3).isEmpty == false)
        let settings = #expect(throws: RunicError.self) {
            try model.generate(settings: SamplerSettings(temperature: -1))
        }
        #expect(settings?.description == "temperature cannot be -1.0; give a number of 0 or more")
    }

    @Test("evaluation counts symbols, characters and bytes of the text")
    func evaluates() throws {
        let report = try model.evaluate(TextSource(paths: [textPath]))
        #expect(report.bytes == nursery.utf8.count)
        #expect(report.symbols == nursery.count)
        #expect(report.characters == nursery.count)
        #expect(report.unknownSymbols == 0)
        #expect(!report.lossy)
        let nats = try #require(report.natsPerSymbol)
        // Total bits by the contract: the first symbol at log2 V, the others at what the model gives.
        let bits = nats * Double(report.symbols - 1) / log(2) + log2(Double(model.vocabulary.count))
        #expect(abs(try #require(report.bitsPerCharacter) - bits / Double(report.characters)) < 1e-9)
        #expect(abs(try #require(report.bitsPerByte) - bits / Double(report.bytes)) < 1e-9)
    }

    @Test("a window below one symbol is refused, and a window of one predicts", arguments: [0, -1])
    func windows(window: Int) throws {
        let source = try TextSource(paths: [textPath])
        let error = #expect(throws: RunicError.self) { try model.evaluate(source, window: window) }
        #expect(error?.description == "--window is \(window); it must be at least 1")
        #expect(try model.evaluate(source, window: 1).natsPerSymbol != nil)
    }

    @Test("an unknown symbol costs 21 bits a code point in addition to the model's own price")
    func unknownCosts() throws {
        let known = try model.evaluate(TextSource(paths: [try scratch.write("the cat sat", to: "a.txt")]))
        let foreign = try model.evaluate(TextSource(paths: [try scratch.write("the c\u{0416} sat", to: "b.txt")]))
        #expect(foreign.unknownSymbols == 1)
        let price = try #require(foreign.natsPerSymbol) * 9
        #expect(price > 21 * log(2))
        #expect(try #require(known.natsPerSymbol) * 10 < price)
    }

    @Test("an unknown first symbol costs 21 bits a code point in the bit figures only: it is not predicted")
    func unknownFirst() throws {
        let report = try model.evaluate(TextSource(paths: [try scratch.write("\u{0416}the cat", to: "c.txt")]))
        let predicted = try #require(report.natsPerSymbol) * Double(report.symbols - 1)
        let all = try #require(report.bitsPerCharacter) * Double(report.characters) * log(2)
        #expect(abs(all - predicted - log(Double(model.vocabulary.count)) - 21 * log(2)) < 1e-9)
    }

    @Test("one symbol predicts nothing: a clear error")
    func tooShort() throws {
        let path = try scratch.write("x", to: "one.txt")
        #expect(throws: RunicError.self) { try model.evaluate(TextSource(paths: [path])) }
    }

    @Test("an archive whose Unicode segments otherwise warns")
    func otherUnicode() throws {
        var archive = try Archive.read(path: scratch.path + "/run/best.runic")
        #expect(try TextModel(archive: archive).unicodeWarning == nil)
        archive.metadata["unicode"] = #"{"fingerprint":"0","icu":"60.1","unicode":"10.0"}"#
        #expect(try #require(try TextModel(archive: archive).unicodeWarning).contains("Unicode 10.0"))
    }

    @Test("an archive that says what its Unicode made of the probe has the warning give examples")
    func unicodeExamples() throws {
        var archive = try Archive.read(path: scratch.path + "/run/best.runic")
        let here = try UnicodeInformation()
        // The probe begins "a", CR LF, "b": there, CR and LF are symbols of their own.
        var segments = try #require(here.segments)
        #expect(Array(segments.prefix(3)) == [1, 2, 1])
        segments.replaceSubrange(1..<2, with: [1, 1])
        let list = segments.map(String.init).joined(separator: ",")
        archive.metadata["unicode"] = #"{"fingerprint":"0","icu":"60.1","unicode":"10.0","segments":[\#(list)]}"#
        let warning = try #require(try TextModel(archive: archive).unicodeWarning)
        #expect(warning.hasSuffix("than in training: «U+000D U+000A» is 1 symbol here and was 2"))
        // What belongs to another probe says nothing.
        archive.metadata["unicode"] = #"{"fingerprint":"0","icu":"60.1","unicode":"10.0","segments":[1,2,3]}"#
        #expect(try #require(try TextModel(archive: archive).unicodeWarning).hasSuffix("than in training"))
    }

    @Test(
        "an archive that does not fit together is refused by name",
        arguments: [
            ("model", #"{"cell":"abacus","vocabulary_size":30,"embedding_size":7,"hidden_size":12,"layers":2}"#),
            ("model", #"{"cell":"lstm","vocabulary_size":30,"embedding_size":7,"hidden_size":99999999,"layers":2}"#),
            ("model", #"{"cell":"lstm","vocabulary_size":30,"embedding_size":16384,"hidden_size":16384,"layers":64}"#),
            ("model", #"{"cell":"lstm"}"#), ("vocabulary", #"{"unit":"grapheme","symbols":["a"],"unknown":null}"#),
            ("pipeline", #"[{"name":"no-such-stage","version":1,"options":{}}]"#), ("pipeline", "[]"),
        ])
    func misfits(key: String, value: String) throws {
        var archive = try Archive.read(path: scratch.path + "/run/best.runic")
        archive.metadata[key] = value
        #expect(throws: RunicError.self) { try TextModel(archive: archive) }
    }
}
