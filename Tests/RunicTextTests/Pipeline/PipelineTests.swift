import Foundation
import RunicTesting
import Testing

@testable import RunicText

/// A stage of a user: capital letters, ASCII only.
private struct UpperStage: TextStage {
    func process(_ input: Span<UInt8>, into output: inout StageOutput) {
        for index in 0..<input.count {
            output.replace(1, with: [(0x61...0x7A).contains(input[index]) ? input[index] - 32 : input[index]])
        }
    }
    func finish(into output: inout StageOutput) {}
}

struct PipelineTests {
    @Test("a description survives JSON and is a list of stages")
    func json() throws {
        let description = PipelineDescription(
            unit: .codepoint, normalization: .nfkcCasefold, newlines: .lf, repair: true)
        let data = try JSONEncoder().encode(description)
        #expect(try JSONDecoder().decode(PipelineDescription.self, from: data) == description)
        #expect(data.first == UInt8(ascii: "["))
    }

    @Test("what cannot be made is refused by name")
    func refusals() {
        let segment = StageDescription(name: "segment")
        let known = StageRegistry.builtIn.names + ["segment"]
        #expect(throws: TextError.unknownStage(name: "rot13", known: known)) {
            try TextPipeline(PipelineDescription(stages: [StageDescription(name: "rot13"), segment]))
        }
        #expect(throws: TextError.stageVersion(name: "decode", found: 1, expected: 2)) {
            try TextPipeline(PipelineDescription(stages: [StageDescription(name: "decode", version: 2), segment]))
        }
        #expect(throws: TextError.stageVersion(name: "segment", found: 1, expected: 3)) {
            try TextPipeline(PipelineDescription(stages: [StageDescription(name: "segment", version: 3)]))
        }
        for stages in [[], [StageDescription(name: "decode")], [segment, segment]] {
            #expect(throws: TextError.pipelineShape) { try TextPipeline(PipelineDescription(stages: stages)) }
        }
        for stage in StageRegistry.builtIn.names + ["segment"] {
            let wrong = StageDescription(name: stage, options: ["colour": "red"])
            #expect(throws: TextError.self) {
                try TextPipeline(PipelineDescription(stages: stage == "segment" ? [wrong] : [wrong, segment]))
            }
        }
        #expect(throws: TextError.self) {
            try TextPipeline(
                PipelineDescription(stages: [StageDescription(name: "normalize", options: ["form": "nfx"]), segment]))
        }
    }

    @Test("a registered stage works, and counts as lossy unless it says otherwise")
    func userStage() throws {
        var registry = StageRegistry.builtIn
        registry.register(StageDefinition(name: "upper", version: 4) { _, _ in UpperStage() })
        var description = PipelineDescription()
        description.stages.insert(StageDescription(name: "upper", version: 4), at: 1)
        let pipeline = try TextPipeline(description, registry: registry)
        #expect(try pipeline.transform(bytes("abc\u{E9}")) == bytes("ABC\u{E9}"))
        #expect(!pipeline.isLossless)
        #expect(!description.isLossless)
    }

    @Test("the summary of the segment stage names every unit and option")
    func segmentSummary() {
        let options = SegmentOptions.summary.split(separator: ";")
        for unit in TextUnit.allCases {
            #expect(options.contains { $0.contains("unit=") && $0.contains(unit.rawValue) })
        }
        #expect(options.contains { $0.contains("locale=") })
    }

    @Test("the texts of a stage have the escapes of the command line, and refuse others by name")
    func escapes() throws {
        func dedupe(_ separator: String) throws -> TextPipeline {
            try TextPipeline(
                PipelineDescription(stages: [
                    StageDescription(name: "dedupe", options: ["by": "document", "separator": separator]),
                    StageDescription(name: "segment"),
                ]))
        }
        _ = try dedupe(#"\u{2029}\n\t\\"#)
        for wrong in [#"\d"#, #"a\"#, #"\u{zz}"#] {
            let error = #expect(throws: TextError.self) { try dedupe(wrong) }
            #expect(
                error?.description.contains(
                    #"option separator=\#(wrong) is not known; use \n, \t, \r, \\, \u{…} or \xHH after a backslash, not \"#
                )
                    == true)
        }
        let stage = try StageOptions(stage: "x", options: ["a": #"\u{e9}\n"#], known: ["a"])
        #expect(try stage.text("a", default: "") == bytes("é\n"))
    }

    @Test("lossless is what keeps the text up to canonical equivalence")
    func lossless() {
        for form in NormalizationForm.allCases {
            let expected = [.nfc, .nfd, .none].contains(form)
            #expect(PipelineDescription(normalization: form, newlines: .keep).isLossless == expected)
        }
        #expect(!PipelineDescription(newlines: .lf).isLossless)
        #expect(PipelineDescription(newlines: .keep, repair: true).isLossless)
    }

    @Test("encode then decode gives the normalised text exactly", arguments: TextUnit.allCases, trickyTexts)
    func roundTrip(unit: TextUnit, text: String) throws {
        let pipeline = try TextPipeline(PipelineDescription(unit: unit, newlines: .keep))
        var counts: [Symbol: Int] = [:]
        for symbol in try pipeline.symbols(of: bytes(text)) { counts[symbol, default: 0] += 1 }
        let vocabulary = try Vocabulary(unit: unit, counts: counts)
        let encoded = try pipeline.encode(text, vocabulary: vocabulary)
        #expect(encoded.unknownSymbols == 0)
        let isSame = vocabulary.decode(encoded.identifiers) == wholeNormal(.nfc, bytes(text))
        #expect(isSame)
        let read = try JSONDecoder().decode(Vocabulary.self, from: try JSONEncoder().encode(vocabulary))
        #expect(read == vocabulary)
    }

    @Test("unseen symbols become the unknown one, or are dropped and counted")
    func unseen() throws {
        let pipeline = try TextPipeline()
        let counts = [Symbol(bytes("a")): 1, Symbol(bytes("b")): 1]
        let with = try Vocabulary(unit: .grapheme, counts: counts)
        let without = try Vocabulary(
            unit: .grapheme, counts: counts, options: VocabularyOptions(includeUnknown: .never))
        let found = try pipeline.encode("axb\u{1F600}", vocabulary: with)
        #expect(found.identifiers == [0, 2, 1, 2])
        #expect(found.unknownSymbols == 2 && found.droppedSymbols == 0)
        let dropped = try pipeline.encode("axb\u{1F600}", vocabulary: without)
        #expect(dropped.identifiers == [0, 1])
        #expect(dropped.unknownSymbols == 2 && dropped.droppedSymbols == 2)
    }
}
