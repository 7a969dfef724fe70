import RunicTesting
import Foundation
import Runic
import Testing

@Suite("A model made smaller")
struct QuantizationTests {
    private let scratch: TemporaryFolder
    private let archive: Archive
    private let model: TextModel
    private let text: TextSource

    init() throws {
        scratch = try TemporaryFolder()
        let path = try scratch.write(nursery, to: "text.txt")
        let summary = try TrainingRun(options: tinyOptions(path), out: scratch.path + "/run").run()
        archive = try Archive.read(path: summary.bestPath)
        model = try TextModel(archive: archive)
        text = try TextSource(paths: [path])
    }

    @Test("keeps the metadata and notes its precision alone where nothing is checked")
    func metadata() throws {
        let made = try model.quantized(to: .int8)
        var expected = archive.metadata
        expected["quantization"] = #"{"precision":"int8"}"#
        #expect(made.archive.metadata == expected)
        #expect(made.note.check == nil)
        let smaller = try TextModel(archive: made.archive)
        #expect(smaller.quantizationNote == made.note)
        #expect(smaller.configuration == model.configuration && smaller.trainingNote == model.trainingNote)
        #expect(smaller.parameterCount == model.parameterCount)
        #expect(smaller.summary.contains("in int8\n") && smaller.summary.contains("not checked on any text"))
        #expect(model.quantizationNote == nil && model.precision == .float32)
    }

    @Test("has the losses of both models on the check, its hash and its name", arguments: [Precision.int8, .bfloat16])
    func check(precision: Precision) throws {
        let other = try scratch.write("the dog sat on the log.\r\n", to: "other.txt")
        let texts = try TextSource(paths: text.files.map(\.path) + [other])
        let made = try model.quantized(to: precision, check: texts)
        let check = try #require(made.note.check)
        let smaller = try TextModel(archive: made.archive)
        #expect(smaller.precision == precision)
        #expect(smaller.quantizationNote == made.note)
        #expect(check.sourceNatsPerSymbol == (try model.evaluate(texts).natsPerSymbol))
        #expect(check.natsPerSymbol == (try smaller.evaluate(texts).natsPerSymbol))
        #expect(check.difference == check.natsPerSymbol - check.sourceNatsPerSymbol)
        #expect(check.difference != 0 && abs(check.difference) < 0.01)
        #expect(check.symbols == (try model.evaluate(texts).symbols))
        #expect(check.texts.map(\.name) == ["text.txt", "other.txt"])
        // printf 'the dog sat on the log.\r\n' | sha256sum
        #expect(check.texts[1].sha256 == "3a8d795d90ea46d62b898ec57903d7502931eed344e4584b936323c6fb7fe94c")
        #expect(made.archive.metadata["quantization"]?.contains(#""source_nats_per_symbol":"#) == true)
    }

    @Test("is what the model is when it is read in that precision", arguments: [Precision.int8, .bfloat16])
    func precisionOfReading(precision: Precision) throws {
        let rounded = try TextModel(archive: archive, precision: precision)
        let smaller = try TextModel(archive: model.quantized(to: precision).archive)
        #expect(rounded.precision == precision)
        let nats = try smaller.evaluate(text).natsPerSymbol
        #expect(try rounded.evaluate(text).natsPerSymbol == nats)
        #expect(try model.evaluate(text).natsPerSymbol != nats)
        let back = try TextModel(archive: model.quantized(to: precision).archive, precision: .float32)
        #expect(back.precision == .float32)
        // Weights in bf16 meet float32 states either way; int8 computes with states in 8 bits too.
        let (exact, computed) = (try #require(back.evaluate(text).natsPerSymbol), try #require(nats))
        #expect(precision == .int8 ? abs(exact - computed) < 0.01 && exact != computed : exact == computed)
    }

    @Test("can be made of bf16, and of nothing that has as few bits")
    func again() throws {
        let half = try TextModel(archive: model.quantized(to: .bfloat16).archive)
        let made = try half.quantized(to: .int8)
        #expect(made.note.precision == .int8 && made.note.check == nil)
        let quarter = try TextModel(archive: made.archive)
        for (source, precision, words) in [
            (quarter, .int8, "is int8 already"), (quarter, .bfloat16, "is int8 already"),
            (half, .bfloat16, "is bf16 already"), (model, .float32, "f32 is not smaller"),
        ] as [(TextModel, Precision, String)] {
            let error = #expect(throws: RunicError.self) { try source.quantized(to: precision) }
            #expect(error?.description.contains(words) == true)
        }
    }

    @Test("is made from the archive's precision, not from the one it computes in")
    func storedPrecision() throws {
        let half = try model.quantized(to: .bfloat16).archive
        for (source, reading) in [(archive, Precision.bfloat16), (half, .float32), (archive, .int8)] {
            let read = try TextModel(archive: source, precision: reading)
            #expect(read.storedPrecision != reading && read.precision == reading)
            let error = #expect(throws: RunicError.self) { try read.quantized(to: .int8) }
            #expect(error?.description.contains("was read to compute in \(reading.rawValue)") == true)
        }
    }

    @Test("is refused where its scale would overflow, also without a check")
    func tooLarge() throws {
        var broken = archive
        let place = try #require(archive.tensors.firstIndex { $0.name == "decoder.weight" })
        var floats = try archive.tensors[place].floats()
        floats[1] = .greatestFiniteMagnitude
        broken.tensors[place] = try ArchiveTensor(
            name: "decoder.weight", shape: archive.tensors[place].shape, floats: floats.span)
        let source = try TextModel(archive: broken)
        let error = #expect(throws: RunicError.self) { try source.quantized(to: .int8) }
        #expect(error?.description.contains("decoder.weight") == true)
    }

    @Test(
        "is refused for a number that is not finite, or that bf16 cannot hold",
        arguments: [
            (.nan, Precision.int8, "decoder.bias"), (.infinity, .bfloat16, "decoder.bias"),
            (.nan, .int8, "decoder.weight"), (.greatestFiniteMagnitude, .bfloat16, "decoder.weight"),
        ] as [(Float, Precision, String)])
    func notFinite(value: Float, precision: Precision, name: String) throws {
        var broken = archive
        let place = try #require(archive.tensors.firstIndex { $0.name == name })
        var floats = try archive.tensors[place].floats()
        floats[1] = value
        broken.tensors[place] = try ArchiveTensor(
            name: name, shape: archive.tensors[place].shape, floats: floats.span)
        let error = #expect(throws: RunicError.self) { try TextModel(archive: broken).quantized(to: precision) }
        #expect(error?.description.contains("tensor '\(name)': element 1 is not a finite number") == true)
    }

    @Test("an invalid scale is refused with the file's name once")
    func wrongScale() throws {
        var broken = try model.quantized(to: .int8).archive
        let place = try #require(broken.tensors.firstIndex { $0.name == "decoder.weight.scale" })
        let shape = broken.tensors[place].shape
        broken.tensors[place] = try ArchiveTensor(
            name: "decoder.weight.scale", shape: shape, floats: [Float](repeating: -1, count: shape[0]).span)
        let error = #expect(throws: RunicError.self) { try TextModel(archive: broken) }
        let text = try #require(error?.description)
        #expect(text.contains("tensor 'decoder.weight.scale': element 0 is -1.0"))
        #expect(text.components(separatedBy: broken.path).count == 2)
    }

    @Test("is not checked on a pipe, which cannot be read twice")
    func pipe() throws {
        let error = #expect(throws: RunicError.self) {
            try model.quantized(to: .int8, check: TextSource(paths: ["-"]))
        }
        #expect(error?.description.contains("must be a regular file") == true)
    }
}
