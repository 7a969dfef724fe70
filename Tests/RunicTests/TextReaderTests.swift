import Foundation
import Runic
import RunicTesting
import Testing

@Suite("A text that is read in pieces")
struct TextReaderTests {
    private let scratch: TemporaryFolder
    private let model: TextModel

    init() throws {
        scratch = try TemporaryFolder()
        var options = tinyOptions(try scratch.write(nursery, to: "text.txt"))
        options.pipeline.stages.insert(StageDescription(name: "case", options: ["to": "title"]), at: 1)
        options.training.epochs = 1
        model = try TextModel(path: TrainingRun(options: options, out: scratch.path + "/run").run().bestPath)
    }

    @Test("gives what the whole gives, wherever it is cut", arguments: [1, 2, 3, 7, 64, 10_000])
    func pieces(size: Int) throws {
        let text = "the cat, nai\u{308}ve\r\nΩ 👩‍👩‍👧 mat €"
        var whole = model.start()
        let report = model.read(text, into: &whole)
        var reader = try TextReader(model, from: model.start())
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            try reader.read(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        var context = try reader.finish()
        #expect(reader.report == report)
        var samplers = [
            try model.makeSampler(SamplerSettings(seed: 1)), try model.makeSampler(SamplerSettings(seed: 1)),
        ]
        for _ in 0..<20 {
            #expect(model.next(&context, sampler: &samplers[0]) == model.next(&whole, sampler: &samplers[1]))
        }
    }

    @Test("is refused where it is not UTF-8, also at its end")
    func invalid() throws {
        var reader = try TextReader(model, from: model.start())
        #expect(throws: RunicError.self) { try reader.read([0x61, 0xFF, 0x61]) }
        var cut = try TextReader(model, from: model.start())
        try cut.read([0x61, 0xC3])
        #expect(throws: RunicError.self) { try cut.finish() }
    }

    @Test("The first five unknown symbols are named, and that there are others")
    func others() {
        var context = model.start()
        #expect(model.read("①②③④⑤", into: &context).notice?.hasSuffix("'①' '②' '③' '④' '⑤'") == true)
        #expect(model.read("①②③④⑤⑥⑥", into: &context).notice?.hasSuffix("'⑤' and others") == true)
        var sum = ReadReport(unknown: 5, unknownExamples: ["1", "2", "3", "4", "5"])
        sum.append(ReadReport(unknown: 1, unknownExamples: ["5"]))
        #expect(!sum.hasMoreUnknown)
        sum.append(ReadReport(unknown: 1, unknownExamples: ["6"]))
        #expect(sum.hasMoreUnknown)
    }

    @Test("A model is called after its file, and one of a run after its folder")
    func names() throws {
        let folder = scratch.path + "/run"
        #expect(try TextModel(path: folder).name == "run")
        #expect(try TextModel(path: folder + "/").name == "run")
        #expect(try TextModel(path: folder + "/./best.runic").name == "run")
        #expect(try TextModel(path: folder + "/last.runic").name == "run/last")
        let copy = try scratch.write(TemporaryFolder.bytes(of: folder + "/best.runic"), to: "run/mine.runic")
        #expect(try TextModel(path: copy).name == "mine")
    }

    @Test("A folder without a model is refused, by what it is")
    func folders() throws {
        let empty = try scratch.folder("empty")
        #expect(
            Self.failure { try TextModel(path: empty) }?.hasPrefix("\(empty): is a folder without best.runic") == true)
        try scratch.write("{}", to: "begun/settings.json")
        let begun = scratch.file("begun")
        #expect(Self.failure { try TextModel(path: begun) }?.contains("has no best.runic yet") == true)
        #expect(Self.failure { try TextModel(path: begun + "/none.runic") }?.contains("no such file") == true)
    }

    private static func failure(_ body: () throws -> TextModel) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return "\(error)"
        }
    }
}
