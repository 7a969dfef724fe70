import RunicTesting
import Testing

@testable import RunicText

@Suite("Stages that may work on parts of a text apart")
struct SplittableStageTests {
    @Test(
        "parts give what the whole gives, where the text is cut as the contract says",
        arguments: [
            ("strip", ["what": "controls+bidi+zero-width+joiners+variation-selectors"]), ("strip", [:]),
            ("spaces", ["unicode": "ascii"]), ("spaces", [:]), ("newlines", ["to": "lf", "unicode": "true"]),
        ])
    func parts(name: String, options: [String: String]) throws {
        let definition = try StageRegistry.builtIn.definition(for: StageDescription(name: name))
        #expect(definition.isSplittable(options))
        var generator = Generator(state: 47)
        let parts = [
            "a", "B", "7", " ", "\n", "\r\n", "\r", "\t", "\u{3000}", "\u{2028}", "\u{200D}", "\u{FE0F}", "\u{0}", "é",
            "\u{4E2D}", "\u{3042}",
        ]
        for _ in 0..<300 {
            let text = bytes(randomText(&generator, parts, count: 20))
            var stage = try definition.make(options, StageContext(path: "x"))
            let whole = try run(&stage, [text])
            func isPlain(_ byte: UInt8) -> Bool { byte == 0x20 || byte.isLetter || byte.isDigit }
            for cut in text.indices.dropFirst()
            where text[cut - 1] == 0x0A || (isPlain(text[cut - 1]) && isPlain(text[cut])) {
                let apart = try run(&stage, [Array(text[..<cut])]) + run(&stage, [Array(text[cut...])])
                #expect(apart == whole)
            }
        }
    }

    @Test("what depends on more than a place is not splittable")
    func whole() throws {
        let options: [(String, [String: String])] = [
            ("strip", ["what": "controls+markup"]), ("spaces", ["ends": "trim"]), ("spaces", ["runs": "one"]),
            ("spaces", ["tabs": "8"]), ("spaces", ["lines": "1"]), ("dedupe", [:]), ("fields", ["column": "1"]),
            ("abc", [:]), ("between", ["from": "x"]), ("subtitles", [:]),
        ]
        for (name, options) in options {
            let definition = try StageRegistry.builtIn.definition(for: StageDescription(name: name))
            #expect(!definition.isSplittable(options), "\(name)")
            #expect(!definition.isLossless(options), "\(name)")
        }
    }
}
