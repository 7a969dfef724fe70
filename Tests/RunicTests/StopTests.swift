import Foundation
import Runic
import RunicTesting
import Testing

@Suite("Stop texts of a model")
struct StopTests {
    /// Lines that begin with an accent or a skin tone give those as symbols of their own.
    private static let text = String(
        repeating: "a á b. 👍 👍🏽 é\n\u{301}x\n🏽y\nका क ca\u{301}fé\n", count: 60)

    private static func model(_ change: (inout TrainingOptions) throws -> Void = { _ in }) throws -> TextModel {
        let scratch = try TemporaryFolder()
        var options = tinyOptions(try scratch.write(text, to: "text.txt"))
        options.training.epochs = 1
        try change(&options)
        return try TextModel(path: TrainingRun(options: options, out: scratch.path + "/run").run().bestPath)
    }

    private static func stage(_ name: String, _ options: [String: String]) -> (inout TrainingOptions) -> Void {
        { $0.pipeline.stages.insert(StageDescription(name: name, options: options), at: 1) }
    }

    /// What is shown of drawn symbols.
    private func shown(_ symbols: [String], _ stops: [String], _ model: TextModel) -> (text: String, isFound: Bool) {
        var stop = model.stopText(stops)
        var bytes: [UInt8] = []
        for symbol in symbols { bytes += stop.add(Array(symbol.utf8)) }
        return (String(decoding: bytes + stop.finish(), as: UTF8.self), stop.isFound)
    }

    @Test("A stop text passes through the stages: decomposed, in the other case, with other line ends")
    func stages() throws {
        let composed = try Self.model()
        #expect(shown(["b", "é", "x"], ["e\u{301}"], composed) == ("b", true))
        #expect(composed.stopText(["e\u{301}"]).problems == [])
        let lower = try Self.model(Self.stage("case", ["to": "lower"]))
        #expect(shown(["b", "a", "x"], ["A"], lower) == ("b", true))
        let lines = try Self.model { $0.pipeline = try PipelineDescription(lineFeeds: ()) }
        #expect(shown(["b", "\n", "x"], ["\r\n"], lines) == ("b", true))
    }

    @Test("Stages that read files leave a stop text as it is")
    func files() throws {
        let model = try Self.model(Self.stage("dedupe", ["by": "document"]))
        #expect(shown(["b", "\n", "x"], ["\n"], model) == ("b", true))
    }

    @Test("By graphemes a stop text matches whole symbols, also where the next one joins")
    func graphemes() throws {
        let model = try Self.model()
        #expect(shown(["👍🏽", "a"], ["👍"], model) == ("👍🏽a", false))
        #expect(shown(["👍", "a"], ["👍"], model) == ("", true))
        for (symbols, stop) in [(["👍", "🏽", " "], "👍"), (["a", "\u{301}", "b"], "a"), (["क", "ा"], "क")] {
            let result = shown(symbols, [stop], model)
            #expect(!result.isFound && Array(result.text.utf8) == Array(symbols.joined().utf8), "\(stop)")
        }
        var waiting = model.stopText(["a"])
        #expect(waiting.add(Array("a".utf8)) == [] && waiting.isWaiting)
        var certain = model.stopText(["\n"])
        #expect(certain.add(Array("\n".utf8)) == [] && certain.isFound)
    }

    @Test(
        "By code points and bytes a stop text may end before an accent of its own",
        arguments: [TextUnit.codepoint, .byte])
    func smallUnits(unit: TextUnit) throws {
        let model = try Self.model { $0.pipeline = try PipelineDescription(unit: unit) }
        let symbols = unit == .byte ? Array("x👍🏽".utf8).map { [$0] } : "x👍🏽".unicodeScalars.map { Array(String($0).utf8) }
        var stop = model.stopText(["👍"])
        #expect(symbols.flatMap { stop.add($0) } == Array("x".utf8))
        #expect(stop.isFound)
    }

    @Test("With the fallback to bytes any character may join, and no stop text is impossible")
    func fallback() throws {
        let model = try Self.model { $0.vocabulary = VocabularyOptions(fallback: .bytes) }
        #expect(model.stopText(["漢", "z"]).problems == [])
        #expect(shown(["z", "\u{301}", "!"], ["z"], model) == ("z\u{301}!", false))
        #expect(shown(["x", "z", "", "!"], ["z"], model) == ("x", true))
    }

    @Test("By words a stop text is not found within one")
    func words() throws {
        let model = try Self.model { $0.pipeline = try PipelineDescription(unit: .word) }
        #expect(shown(["x", " ", "xy", " "], ["x"], model).text == "")
        #expect(shown(["xy", " "], ["x"], model) == ("xy ", false))
    }

    @Test("A stop text that cannot occur is named with the symbol that is missing")
    func problems() throws {
        let model = try Self.model()
        #expect(
            model.stopText(["a", "b漢"]).problems
                == [#"the stop text "b漢" never stops: '漢' is not in the model's vocabulary"#])
        #expect(
            model.stopText(["\r\n"]).problems
                == [#"the stop text "\r\n" never stops: U+000D U+000A is not in the model's vocabulary"#])
        let letters = try Self.model(Self.stage("filter", ["drop": "[.]"]))
        #expect(
            letters.stopText(["."]).problems
                == [#"the stop text "." is empty after the model's stages, so it never stops"#])
    }

    @Test("generate ends before a stop text, and what it writes is the beginning of what it writes without")
    func generates() throws {
        let model = try Self.model()
        for seed in 1...5 {
            let settings = SamplerSettings(temperature: 1, seed: UInt64(seed))
            let free = try model.generate(prompt: "a", length: 80, settings: settings)
            let stopped = try model.generate(prompt: "a", length: 80, settings: settings, stop: ["\n"])
            #expect(Array(stopped.utf8) == Array(free.utf8.prefix { $0 != UInt8(ascii: "\n") }))
        }
    }
}

extension PipelineDescription {
    /// The standard pipeline with another unit.
    fileprivate init(unit: TextUnit) throws {
        self.init()
        let last = try #require(stages.indices.last)
        stages[last].options["unit"] = unit.rawValue
    }

    /// The standard pipeline with LF at the end of lines.
    fileprivate init(lineFeeds: Void) throws {
        self.init()
        let index = try #require(stages.firstIndex { $0.name == "newlines" })
        stages[index].options["to"] = "lf"
    }
}
