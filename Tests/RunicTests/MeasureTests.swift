import Foundation
import RunicTesting
import Runic
import RunicEvaluation
import RunicText
import Testing

@Suite("One measure of a text, whoever takes it")
struct MeasureTests {
    private let scratch: TemporaryFolder
    /// Lines in which one letter in ten is rare; some rare ones have several code points.
    private let text: String

    init() throws {
        scratch = try TemporaryFolder()
        var scalars = String.UnicodeScalarView()
        for (index, scalar) in nursery.replacing("\r", with: "").unicodeScalars.enumerated() {
            scalars.append(scalar)
            guard index % 10 == 3, scalar.properties.isAlphabetic else { continue }
            scalars.append(Unicode.Scalar(0x4E00 + UInt32(index % 3_000)) ?? "?")
            if index % 20 == 3 { scalars.append("\u{302}") }
        }
        text = String(scalars)
    }

    private func options(_ vocabulary: VocabularyOptions, unit: TextUnit = .grapheme) throws -> TrainingOptions {
        var options = tinyOptions(try scratch.write(text, to: "text.txt"))
        options.pipeline = PipelineDescription(unit: unit)
        options.vocabulary = vocabulary
        options.training.split = [0.5, 0.25, 0.25]
        options.training.epochs = 1
        return options
    }

    /// The text of each part: validation and test.
    private func parts(_ options: TrainingOptions) throws -> [String] {
        let symbols = try TextPipeline(options.pipeline).symbols(of: Array(text.utf8))
        let cuts = [symbols.count / 2, symbols.count * 3 / 4, symbols.count]
        return (0..<2).map { part in
            String(decoding: symbols[cuts[part]..<cuts[part + 1]].flatMap(\.bytes), as: UTF8.self)
        }
    }

    @Test(
        "the losses at the end of a run are those of evaluate on the same part, unknown symbols included",
        arguments: [TextUnit.grapheme, .codepoint])
    func endOfRun(unit: TextUnit) throws {
        let options = try options(VocabularyOptions(minimumCount: 20), unit: unit)
        let summary = try TrainingRun(options: options, out: scratch.path + "/\(unit)").run()
        let model = try TextModel(path: summary.bestPath)
        for (part, loss) in zip(try parts(options), [summary.validation, summary.test]) {
            let loss = try #require(loss)
            let report = try model.evaluate(TextSource(paths: [try scratch.write(part, to: "part.txt")]))
            #expect(report.unknownSymbols > 20 && loss.unknownSymbols == report.unknownSymbols)
            #expect(loss.symbols == report.symbols)
            #expect(abs(loss.nats - (try #require(report.natsPerSymbol))) < 1e-3)
            let bits = try #require(loss.bitsPerCharacter)
            // A mark that follows an unknown code point of its own is part of its character.
            let tolerance = unit == .grapheme ? 1e-3 : 0.05 * bits
            #expect(abs(bits - (try #require(report.bitsPerCharacter))) < tolerance)
            #expect(loss.nats > loss.predictedNats + 0.1)
        }
        #expect(model.trainingNote?.validationNats.map { $0 < (summary.validationNats ?? 0) - 0.1 } == true)
    }

    @Test("a run that spells tells bits per character as evaluate does")
    func spelled() throws {
        var options = try options(
            VocabularyOptions(minimumCount: 20, fallback: .bytes, includeUnknown: .whenNeeded))
        options.spelling = 0
        let summary = try TrainingRun(options: options, out: scratch.path + "/run").run()
        let model = try TextModel(path: summary.bestPath)
        let report = try model.evaluate(TextSource(paths: [try scratch.write(text, to: "whole.txt")]))
        let (validation, test) = (try #require(summary.validation), try #require(summary.test))
        #expect(validation.unknownSymbols == 0 && report.symbols > report.characters)
        let perCharacter = [validation, test].map { ($0.bitsPerCharacter ?? 0) / ($0.nats / log(2)) }
        let expected = Double(report.symbols) / Double(report.characters)
        for ratio in perCharacter { #expect(abs(ratio - expected) < 0.05 * expected, "\(ratio), \(expected)") }
    }

    @Test("a comparison counts the unknown symbols of each part, and charges them as evaluate does")
    func comparison() throws {
        let options = try options(VocabularyOptions(minimumCount: 20))
        let out = scratch.path + "/compared"
        let report = try Comparison(options: options, cells: ["gru"], out: out).run()
        let model = try TextModel(path: out + "/gru-\(options.training.seed).runic")
        let test = try #require(report.runs.first?.test)
        let part = try parts(options)[1]
        let measured = try model.evaluate(TextSource(paths: [try scratch.write(part, to: "part.txt")]))
        #expect(test.unknownSymbols == measured.unknownSymbols && test.unknownSymbols > 20)
        #expect(abs(test.nats - (try #require(measured.natsPerSymbol))) < 1e-3)
        #expect(report.table.contains("unknown symbols: ") && report.table.contains(" of test ("))
        let validation = try #require(report.runs.first?.validation)
        #expect(model.trainingNote?.validationNats == validation.predictedNats)
    }

    @Test(
        "a vocabulary without an unknown symbol reads past what it lacks, and pays log(V + 1) and 21 bits a code point")
    func never() throws {
        var options = tinyOptions(try scratch.write(nursery, to: "nursery.txt"))
        options.vocabulary = VocabularyOptions(includeUnknown: .never)
        let model = try TextModel(path: TrainingRun(options: options, out: scratch.path + "/never").run().bestPath)
        func total(_ text: String, window: Int? = nil) throws -> Double {
            let source = try TextSource(paths: [try scratch.write(text, to: "text-\(text.count).txt")])
            let report = try model.evaluate(source, window: window)
            return try #require(report.natsPerSymbol) * Double(report.symbols - 1)
        }
        let V = Double(model.vocabulary.count)
        let foreign = log(V + 1) + 21 * log(2)
        let plain = try total("the cat sat")
        #expect(abs(try total("the cЖat sat") - plain - foreign) < 1e-9)
        #expect(abs(try total("the cЖe\u{323}\u{308}at sat") - plain - 2 * foreign - 21 * log(2)) < 1e-9)
        #expect(abs(try total("the cat satЖ") - plain - foreign) < 1e-9)
        // The first symbol is not predicted; the first that is read is as likely as any.
        #expect(abs(try total("Жthe cat sat") - plain - log(V)) < 1e-9)
        // A window of four symbols of the text is read with a state of its own, which predicts the first symbol of the next.
        let windowed = try total("the Жcat sat", window: 4)
        let parts = try ["the c", "cat ", " sat"].map { try total($0) }
        #expect(abs(windowed - parts.reduce(0, +) - foreign) < 1e-5, "\(windowed) \(parts)")
    }

    @Test("a loss that is not finite is an error that names the model and the reason")
    func notFinite() throws {
        let path = try scratch.write(nursery, to: "nursery.txt")
        let summary = try TrainingRun(options: tinyOptions(path), out: scratch.path + "/run").run()
        var archive = try Archive.read(path: summary.bestPath)
        let source = try TextSource(paths: [path])
        for (value, reason) in [(Float.nan, "element 0 is not a finite number"), (3e38, "largest weight is 3.0e+38")] {
            archive.tensors = try archive.tensors.map { tensor in
                guard tensor.name == "decoder.bias" || tensor.name == "decoder.weight" else { return tensor }
                let values = try tensor.floats().map { _ in value }
                return try ArchiveTensor(name: tensor.name, shape: tensor.shape, floats: values.span)
            }
            let broken = scratch.path + "/broken.runic"
            try archive.write(to: broken)
            // Numbers that are not finite are refused when they are read, what they make of the loss when it is measured.
            let error = #expect(throws: RunicError.self) { try TextModel(path: broken).evaluate(source) }
            let line = error?.description ?? ""
            #expect(line.hasPrefix(broken + ": ") && line.contains(reason), "\(line)")
        }
    }

    @Test("one of several streams of a model that overflows is not finite, and a sound one is")
    func overflowingStreams() throws {
        let path = try scratch.write(nursery, to: "nursery.txt")
        let best = try TrainingRun(options: tinyOptions(path), out: scratch.path + "/run").run().bestPath
        func isFinite(_ archive: Archive) throws -> Bool {
            let model = try TextModel(archive: archive)
            let streams = try TextStreams(model, from: model.start(), samplers: [model.makeSampler(SamplerSettings())])
            streams.next()
            return streams.isFinite(stream: 0)
        }
        var archive = try Archive.read(path: best)
        #expect(try isFinite(archive))
        archive.tensors = try archive.tensors.map { tensor in
            let values = [Float](repeating: 3e38, count: try tensor.floats().count)
            return try ArchiveTensor(name: tensor.name, shape: tensor.shape, floats: values.span)
        }
        #expect(try !isFinite(archive))
    }
}
